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
  /// unasked SYN-ACK, or an RST alone.
  var isBackscatter: Bool {
    isTCP && isOneWay && (self[.syn] > 0 ? self[.ack] > 0 : self[.rst] > 0)
  }

  /// A handshake begun and not completed, refused ones included.
  var isHalfOpen: Bool {
    isTCP && self[.syn] > 0 && !isEstablished && self[.bwdPayload] == 0 && !isBackscatter
  }

  /// Forward packets a flow of the row has; a folded row stands for many.
  var fwdPacketsEach: Double { self[.fwdPackets] / max(1, self[.folded]) }

  /// Of the flows to the service in the last second, the share whose handshake was not completed.
  var serviceHalfOpenShare: Double {
    let most = max(self[.svcFlows1s], self[.svcHalfOpen1s])
    return most > 0 ? self[.svcHalfOpen1s] / most : 0
  }
}
