import Addresses
public import Tables

/// A row of the flow table as detectors see it.
///
/// Unlike a model, a detector may look at addresses and ports: its rule names which and why.
public struct FlowEvidence: Sendable {
  /// Who spoke to whom, when.
  public var identity: FlowIdentity
  /// The row's numbers, in the order of ``Tables/Measure``.
  public private(set) var measures: [Double]

  /// A row from its two halves.
  ///
  /// - Precondition: `measures` holds ``Tables/Measure/count`` numbers.
  public init(_ identity: FlowIdentity, _ measures: [Double]) {
    precondition(measures.count == Measure.count, "a row has \(Measure.count) measures")
    self.identity = identity
    self.measures = measures
  }

  /// One number of the row.
  public subscript(_ measure: Measure) -> Double {
    get { measures[measure.index] }
    set { measures[measure.index] = newValue }
  }
}

extension FlowEvidence {
  var isTCP: Bool { identity.ipProtocol == 6 }
  var isUDP: Bool { identity.ipProtocol == 17 }
  var isICMP: Bool { identity.ipProtocol == 1 || identity.ipProtocol == 58 }
  var isARP: Bool { identity.ipProtocol == 0 }

  /// To a multicast group or everybody: mDNS, SSDP, DHCP, neighbour discovery.
  var isToGroup: Bool {
    identity.destination.isMulticast || identity.destination.isBroadcast
      || identity.destinationMAC.isGroup && !isARP
  }

  /// One sender, and known: only then do the columns of source and pair speak of the row.
  var hasOneSource: Bool { !identity.source.isUnspecified && self[.foldedSources] <= 1 }

  /// Nothing came back.
  var isOneWay: Bool { self[.bwdPackets] == 0 }

  /// Both ends said something above the transport header.
  var isConversation: Bool { self[.fwdPayload] > 0 && self[.bwdPayload] > 0 }

  /// Both ends shook hands.
  var isEstablished: Bool { self[.handshakeComplete] > 0 }

  /// The answer to what was sent in this host's name, or answered before the capture began: an
  /// unasked SYN-ACK, or an RST alone. Where the other end refused it, one can only tell by what the
  /// host gets at that time.
  var isBackscatter: Bool {
    guard isTCP else { return false }
    if isOneWay { return self[.syn] > 0 ? self[.ack] > 0 : self[.rst] > 0 }
    return beganWithAnswer && self[.dstBackscatter1s] > self[.dstFlows1s] / 2
  }

  /// As many ACKs as SYNs, and nothing but RST came back: SYN-ACK, or SYN and RST-ACK.
  var beganWithAnswer: Bool {
    isTCP && self[.syn] > 0 && self[.ackCount] >= self[.synCount] && !isEstablished
      && self[.fwdPayload] == 0 && self[.bwdPackets] <= self[.bwdRST]
  }

  /// A handshake begun and not completed, refused ones included.
  var isHalfOpen: Bool {
    isTCP && self[.syn] > 0 && !isEstablished && self[.bwdPayload] == 0 && !isBackscatter
      && !isContradictory
  }

  /// Written after a silence, when the windows of a second no longer speak of the flow's own time.
  var isLate: Bool { identity.state == .idle }

  /// Nothing vouches for the source, and it hardly came before: so looks each of the made-up sources
  /// of a flood, and a host that is met for the first time.
  var isStranger: Bool { !hasOneSource || self[.srcVerified] == 0 && self[.pairFlows60s] < 4 }

  /// A source that is who it says and sends little, so in a crowd the patient, not the disease.
  var isBystander: Bool {
    hasOneSource && self[.srcVerified] >= 1 && self[.pairFlows60s] < 20
      && self[.pairPackets1s] < 20
  }

  /// TCP that neither opens nor continues a connection: without SYN or with a SYN that contradicts
  /// itself, a few segments, answered by nothing or RST.
  var isStray: Bool {
    isTCP && (self[.syn] == 0 || isContradictory) && fwdPacketsEach <= 3
      && self[.bwdPackets] <= self[.bwdRST]
  }

  /// SYN with FIN or URG in a flow of single segments: no TCP opens a connection like this.
  var isContradictory: Bool {
    isTCP && self[.syn] > 0 && (self[.fin] > 0 || self[.urg] > 0) && fwdPacketsEach < 2
      && self[.bwdPackets] <= self[.bwdRST]
  }

  /// A SYN that came again within 0.2 s. TCP waits a second (RFC 6298), scanners do, too.
  var isHastySYN: Bool {
    let each = max(1, self[.folded])
    return isHalfOpen && self[.synCount] >= 2 * each && self[.flowDuration] < 200_000
  }

  /// Forward packets a flow of the row has; a folded row stands for many.
  var fwdPacketsEach: Double { self[.fwdPackets] / max(1, self[.folded]) }

  /// Of the flows to the service in the last second, the share whose handshake was not completed.
  var serviceHalfOpenShare: Double {
    let most = max(self[.svcFlows1s], self[.svcHalfOpen1s])
    return most > 0 ? self[.svcHalfOpen1s] / most : 0
  }
}
