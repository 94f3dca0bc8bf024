/// What two ends say to each other above the transport: the application's name, found in what they
/// say before what their ports promise, and the few counts that detectors need.
///
/// A fixed-size value without references, 112 bytes. Streams are read as packets come: what was seen
/// before is passed over, what was lost is skipped if it lies within a message, and else reading
/// goes on at the next segment that begins like a message.
struct Conversation: BitwiseCopyable {
  /// What the reader must know of a packet beside its payload.
  struct Segment {
    /// Bytes of payload that were sent, though fewer may have been captured.
    var length: Int
    /// Whether the flow's initiator sent it.
    var isForward: Bool
    /// TCP's sequence number; nil for datagrams.
    var sequence: UInt32?
    /// Ports of the flow's initiator and responder.
    var sourcePort: UInt16
    var destinationPort: UInt16
    /// Whether the flow was seen from its SYN on.
    var isWhole: Bool
  }

  enum Phase: UInt8 { case searching, reading, done }

  struct Marks: OptionSet, BitwiseCopyable {
    let rawValue: UInt8
    /// The client is the flow's responder.
    static let reversed = Marks(rawValue: 1)
    /// MQTT: CONNECT was seen. SSH: the client's packets are encrypted from here on.
    static let connected = Marks(rawValue: 2)
    /// MQTT: version 5.
    static let versionFive = Marks(rawValue: 4)
    /// The client sent what it takes to log in, and the answer is due.
    static let loginPending = Marks(rawValue: 8)
    /// HTTP: the newest request was a HEAD.
    static let headAsked = Marks(rawValue: 16)
    /// HTTP: a request began after the newest response. Mail and FTP: TLS was asked for.
    static let asked = Marks(rawValue: 32)
    /// HTTP: the newest request was a CONNECT.
    static let tunnelAsked = Marks(rawValue: 64)
  }

  private(set) var forward = Side()
  private(set) var backward = Side()
  var tallies = Tallies()
  /// What the ends were heard to speak; unknown until then, and where it is foreign.
  var application = Application.unknown
  var phase = Phase.searching
  var marks: Marks = []
  /// What was found in the packet under way.
  var found: WebAttacks = []

  /// The packets of each side after which recognition gives up.
  static let patience = 4

  /// Reads a packet's captured payload.
  ///
  /// - Returns: the attacks found in it.
  @inline(__always)
  mutating func read(_ payload: UnsafeRawBufferPointer, _ segment: Segment) -> WebAttacks {
    guard phase != .done, segment.length > 0 else { return [] }
    if let sequence = segment.sequence, phase == .reading,
      segment.isForward
        ? forward.skips(sequence, segment.length)
        : !marks.contains(.asked) && backward.skips(sequence, segment.length)
    {
      return []
    }
    return follow(Octets(payload), segment)
  }

  @inline(never)
  private mutating func follow(_ octets: Octets, _ segment: Segment) -> WebAttacks {
    found = []
    if segment.sequence == nil {
      readDatagram(octets, segment)
    } else {
      var side = segment.isForward ? forward : backward
      readStream(octets, segment, &side)
      if segment.isForward { forward = side } else { backward = side }
    }
    return found
  }

  // MARK: Streams

  private mutating func readStream(_ octets: Octets, _ segment: Segment, _ side: inout Side) {
    guard let sequence = segment.sequence,
      let (old, missing) = side.place(sequence, segment.length)
    else { return }
    if missing > 0 { jump(missing, &side) }
    let fresh = octets.dropFirst(old)
    if phase == .searching {
      search(fresh, segment, &side)
    } else {
      speak(fresh, segment, &side)
    }
    jump(segment.length - max(old, octets.count), &side)
  }

  private func jump(_ number: Int, _ side: inout Side) {
    guard number > 0 else { return }
    jumpHTTPBody(&side)
    side.jump(number, isFramed: isFramed)
  }

  /// Looks at the first bytes of a side for a protocol, and reads on from there if there is one.
  private mutating func search(_ octets: Octets, _ segment: Segment, _ side: inout Side) {
    if side.marks.contains(.opaque) { return giveUp(segment, &side) }
    let held = side
    side.hold(octets, 0, octets.count)
    guard let found = Recognition.stream(side, octets, segment) else {
      if side.count == Side.most { side.marks.insert(.opaque) }
      if side.marks.contains(.opaque) || side.segments >= Self.patience { giveUp(segment, &side) }
      return
    }
    application = found.application
    phase = found.isRead ? .reading : .done
    if found.isClient != segment.isForward { marks.insert(.reversed) }
    guard phase == .reading else { return }
    replay(held, segment, &side)
    speak(octets, segment, &side)
    replayOther(segment)
  }

  /// Reads the bytes that were held back before.
  private mutating func replay(_ held: Side, _ segment: Segment, _ side: inout Side) {
    side.release()
    guard held.count > 0 else { return }
    withUnsafeTemporaryAllocation(byteCount: Side.most, alignment: 8) { buffer in
      for index in 0..<Int(held.count) { buffer[index] = held[index] }
      speak(
        Octets(UnsafeRawBufferPointer(rebasing: buffer[..<Int(held.count)])), segment, &side)
    }
  }

  /// The other side may have begun first, and said too little to be known by.
  private mutating func replayOther(_ segment: Segment) {
    var other = segment.isForward ? backward : forward
    var turned = segment
    turned.isForward.toggle()
    if other.marks.contains(.opaque) {
      other.restart()
      other.marks.insert(.lost)
    } else {
      replay(other, turned, &other)
    }
    if turned.isForward { forward = other } else { backward = other }
  }

  /// The side said nothing that is known: what the ports promise decides whether to read on.
  private mutating func giveUp(_ segment: Segment, _ side: inout Side) {
    let other = segment.isForward ? backward : forward
    let promised = Application(
      destinationPort: segment.destinationPort, sourcePort: segment.sourcePort)
    let isServer = Application(port: segment.destinationPort) != promised
    let isClient = segment.isForward != isServer
    switch promised {
    case .mqtt where segment.isWhole && isClient:
      application = promised
      tallies.mqttMalformed.bump()
      phase = .done
    case .mqtt where !segment.isWhole, .telnet:
      application = promised
      phase = .reading
      if isServer { marks.insert(.reversed) }
      side.lose()
    default:
      if other.marks.contains(.opaque) || side.segments >= Self.patience { phase = .done }
    }
  }

  /// Whether messages state their length before all else, so that gaps within them do no harm.
  private var isFramed: Bool {
    switch application {
    case .mqtt, .dns, .tls, .dicom, .smb: phase == .reading
    default: false
    }
  }

  private mutating func speak(_ octets: Octets, _ segment: Segment, _ side: inout Side) {
    guard !octets.isEmpty || application == .ssh else { return }
    let isClient = segment.isForward != marks.contains(.reversed)
    switch application {
    case .mqtt: readMQTT(&side, octets, isClient: isClient)
    case .http: readHTTP(&side, octets, isClient: isClient)
    case .dns: readDNSStream(&side, octets)
    case .tls: readTLS(&side, octets, segment)
    case .dicom: readDICOM(&side, octets)
    case .smb: readSMB(&side, octets, isClient: isClient)
    case .hl7: readHL7(&side, octets)
    case .ftp, .smtp, .pop3: readReplies(&side, octets, isClient: isClient)
    case .telnet: readTelnet(&side, octets, isClient: isClient)
    case .ssh: readSSH(&side, octets, length: segment.length, isClient: isClient)
    default: phase = .done
    }
  }

  // MARK: Datagrams

  private mutating func readDatagram(_ octets: Octets, _ segment: Segment) {
    if phase == .searching {
      if segment.isForward { forward.countDatagram() } else { backward.countDatagram() }
      guard let found = Recognition.datagram(octets, segment) else {
        if forward.segments >= Self.patience || backward.segments >= Self.patience { phase = .done }
        return
      }
      application = found
      phase = found == .dns || found == .mdns ? .reading : .done
    }
    if phase == .reading { readDNSDatagram(octets, length: segment.length) }
  }

  // MARK: Folding

  /// Adds another conversation's counts. They have one service, so they speak one language; what
  /// another language counted is left out.
  mutating func absorb(_ other: Conversation) {
    if application == .unknown {
      application = other.application
      phase = .done
    }
    guard application == other.application else { return }
    tallies.absorb(other.tallies)
  }
}
