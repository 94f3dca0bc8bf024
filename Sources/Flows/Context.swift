/// The lanes of ``Lanes``: what a window counts of the flows it is about.
enum Lane {
  static let flows = 0
  /// Forward packets, and their IP bytes.
  static let packets = 1
  static let bytes = 2
  /// Backward packets, and their IP bytes.
  static let replies = 3
  static let replyBytes = 4
  /// SYNs without ACK.
  static let syns = 5
  /// Flows whose handshake was begun; completed.
  static let begun = 6
  static let completed = 7
  /// Flows that came to something.
  static let succeeded = 8
  /// Flows to ports of the exploit list.
  static let exploits = 9
  /// Forward packets by protocol.
  static let udp = 10
  static let icmp = 11
  /// Flows that the responder reset.
  static let resets = 12
  /// ICMP errors that quoted the flows.
  static let unreachable = 13
  /// Forward fragments.
  static let fragments = 14
  /// Flows that began with an answer; of a destination, those in which it was answered.
  static let backscatter = 15
}

/// The lengths of the windows. µs.
enum Width {
  static let second: Int64 = 1_000_000
  static let minute: Int64 = 60_000_000
  static let tenMinutes: Int64 = 600_000_000
  static let hour: Int64 = 3_600_000_000
}

/// What the last second and minute say of a host as destination.
struct DestinationContext: BitwiseCopyable {
  struct Cell: WindowCell {
    var counts = Lanes()
    var sourceSpread = EntropySketch()
    var portSpread = EntropySketch()
  }

  var second = Sliding<Cell>()
  var sources = DistinctWindow()
  var minute = Sliding<Lanes>()
  var failed = RecentShare()
}

/// What the last second and minute say of a service: a host, a port, a protocol.
struct ServiceContext: BitwiseCopyable {
  struct Cell: WindowCell {
    var counts = Lanes()
    var sourceSpread = EntropySketch()
  }

  var second = Sliding<Cell>()
  var sources = DistinctWindow()
  var minute = Sliding<Lanes>()
  var open = OpenConnections()
}

/// What the last second, minute and hour say of a host as source.
struct SourceContext: BitwiseCopyable {
  struct Cell: WindowCell {
    var counts = Lanes()
    var portSpread = EntropySketch()
    var ttls = TTLSet()
  }

  var second = Sliding<Lanes>()
  var minute = Sliding<Cell>()
  var hosts = DistinctWindow()
  var ports = DistinctWindow()
  var failed = RecentShare()
  var sizes = Damped()
  /// Refused logins in ten minutes.
  var refusals = Sliding<Float>()
  /// Services that it did not reach, in an hour.
  var failedTargets = DistinctWindow()
}

/// What the last second and minute say of a source and a destination.
struct PairContext: BitwiseCopyable {
  var second = Sliding<Lanes>()
  var minute = Sliding<Lanes>()
  var ports = DistinctWindow()
  var sizes = Damped()
  var open = OpenConnections()
  /// HTTP requests in a minute, refused logins in ten.
  var requests = Sliding<Float>()
  var refusals = Sliding<Float>()
  var gaps = StartGaps()
}

extension Lanes {
  /// A count of one lane.
  func count(_ lane: Int) -> Double { Double(self[lane]) }

  /// Handshakes begun and not completed.
  var halfOpen: Double { Swift.max(0, count(Lane.begun) - count(Lane.completed)) }

  /// Completed ÷ begun handshakes, at most 1; 1 if none was begun.
  var completedShare: Double {
    self[Lane.begun] > 0 ? Swift.min(1, count(Lane.completed) / count(Lane.begun)) : 1
  }

  /// Flows that came to nothing ÷ new flows; 0 if there is none.
  var failedShare: Double {
    self[Lane.flows] > 0 ? Swift.max(0, 1 - count(Lane.succeeded) / count(Lane.flows)) : 0
  }

  /// One lane ÷ another, at most 1; 0 if there is nothing to divide by.
  func share(_ over: Int, of under: Int) -> Double { Swift.min(1, ratio(over, to: under)) }

  /// One lane ÷ another; 0 if there is nothing to divide by.
  func ratio(_ over: Int, to under: Int) -> Double {
    self[under] > 0 ? count(over) / count(under) : 0
  }
}
