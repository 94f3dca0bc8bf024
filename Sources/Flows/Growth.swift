import Packets
import Tables

extension Flow {
  /// What the context windows have already been told of.
  struct Applied: BitwiseCopyable {
    var hasBegun = false
    var begun = false
    var completed = false
    var succeeded = false
    var reset = false
    var forwardPackets = 0
    var forwardBytes = 0
    var backwardPackets = 0
    var backwardBytes = 0
    var syns = 0
    var icmpErrors: UInt32 = 0
    var payload: UInt64 = 0
    var payloadSquares: UInt64 = 0
    var fragments: UInt32 = 0
    var refusals: UInt32 = 0
    var requests: UInt32 = 0
    /// The counts of open connections that the flow stands in (``OpenConnections``).
    var openService: UInt32 = 0
    var openPair: UInt32 = 0
  }

  /// What a flow did since the windows were last told.
  struct Growth {
    /// By ``Lane``.
    var lanes = Lanes()
    /// Forward packets, the sum of their payloads, and of the squares of those.
    var count = 0.0
    var sum = 0.0
    var squares = 0.0
    /// Refused logins, HTTP requests.
    var refusals: Float = 0
    var requests: Float = 0
  }

  /// Whether packets came since the windows were last told.
  @inline(__always) var hasMoved: Bool {
    forward.packets != applied.forwardPackets || backward.packets != applied.backwardPackets
  }

  /// Whether the windows do not know all of the flow.
  @inline(__always) var hasNews: Bool { hasMoved || icmpErrors != applied.icmpErrors }

  /// What the flow did since it was last asked.
  mutating func grow() -> Growth {
    var growth = Growth()
    let packets = Float(forward.packets - applied.forwardPackets)
    growth.lanes[Lane.packets] = packets
    growth.lanes[Lane.bytes] = Float(forward.bytes - applied.forwardBytes)
    growth.lanes[Lane.replies] = Float(backward.packets - applied.backwardPackets)
    growth.lanes[Lane.replyBytes] = Float(backward.bytes - applied.backwardBytes)
    if kind == .udp { growth.lanes[Lane.udp] = packets }
    if kind == .icmp || kind == .icmp6 { growth.lanes[Lane.icmp] = packets }
    if !applied.hasBegun {
      growth.lanes[Lane.flows] = 1
      if PortClass.isExploited(destinationPort) { growth.lanes[Lane.exploits] = 1 }
    }
    growth.lanes[Lane.unreachable] = Float(icmpErrors &- applied.icmpErrors)
    growth.lanes[Lane.fragments] = Float(forwardFragments &- applied.fragments)
    applied.fragments = forwardFragments
    if kind == .tcp { growTCP(&growth.lanes) }
    if hasSucceeded, !applied.succeeded {
      growth.lanes[Lane.succeeded] = 1
      applied.succeeded = true
    }
    if conversation.application != .unknown { growTalk(&growth) }
    growth.count = Double(packets)
    growth.sum = Double(forward.payload.wholeSum &- applied.payload)
    growth.squares = Double(forward.payload.squares &- applied.payloadSquares)
    applied.hasBegun = true
    applied.forwardPackets = forward.packets
    applied.forwardBytes = forward.bytes
    applied.backwardPackets = backward.packets
    applied.backwardBytes = backward.bytes
    applied.icmpErrors = icmpErrors
    applied.payload = forward.payload.wholeSum
    applied.payloadSquares = forward.payload.squares
    return growth
  }

  private mutating func growTalk(_ growth: inout Growth) {
    let tallies = conversation.tallies
    growth.refusals = Float(tallies.loginFailures - applied.refusals)
    applied.refusals = tallies.loginFailures
    guard conversation.application == .http else { return }
    growth.requests = Float(tallies.httpRequests - applied.requests)
    applied.requests = tallies.httpRequests
  }

  private mutating func growTCP(_ lanes: inout Lanes) {
    let syns = forward.flagCounts[.syn]
    lanes[Lane.syns] = Float(syns - applied.syns)
    applied.syns = syns
    if tcp.sawSYN, !applied.begun {
      lanes[Lane.begun] = 1
      applied.begun = true
    }
    if tcp.isEstablished, !applied.completed {
      lanes[Lane.completed] = 1
      applied.completed = true
    }
    if backward.flagCounts[.rst] > 0, !applied.reset {
      lanes[Lane.resets] = 1
      applied.reset = true
    }
  }
}
