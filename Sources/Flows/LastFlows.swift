import Addresses

/// Who spoke to whom in the last hundred flows: UNSW-NB15's `ct_` columns (Moustafa and Slay, 2015),
/// which see scans too slow for any clock.
struct LastFlows: ~Copyable {
  /// How many flows are looked back upon.
  static let count = 100

  /// How many of the last flows share something with one.
  struct Counts {
    var sourceService = 0
    var destinationService = 0
    var destination = 0
    var source = 0
    var destinationSourcePort = 0
    var pair = 0
  }

  private struct Entry: BitwiseCopyable, Equatable {
    var source: UInt32 = 0
    var destination: UInt32 = 0
    var ports: UInt32 = 0
    var service: UInt32 = 0
  }

  private let entries: UnsafeMutablePointer<Entry>
  private var next = 0
  private var used = 0

  init() {
    entries = .allocate(capacity: Self.count)
    entries.initialize(repeating: Entry(), count: Self.count)
  }

  deinit { entries.deallocate() }

  /// A new flow: the oldest of the hundred is forgotten.
  mutating func add(_ flow: UnsafeMutablePointer<Flow>) {
    entries[next] = Self.entry(flow)
    next = next + 1 == Self.count ? 0 : next + 1
    used = min(used + 1, Self.count)
  }

  /// What the last flows share with `flow`, itself included if it is one of them.
  func counts(like flow: UnsafeMutablePointer<Flow>) -> Counts {
    let mine = Self.entry(flow)
    var counts = Counts()
    for index in 0..<used {
      let entry = entries[index]
      let isSource = entry.source == mine.source ? 1 : 0
      let isDestination = entry.destination == mine.destination ? 1 : 0
      let isService = entry.service == mine.service ? 1 : 0
      counts.source &+= isSource
      counts.destination &+= isDestination
      counts.pair &+= isSource & isDestination
      counts.sourceService &+= isSource & isService
      counts.destinationService &+= isDestination & isService
      counts.destinationSourcePort &+= isDestination & (entry.ports == mine.ports ? 1 : 0)
    }
    return counts
  }

  private static func entry(_ flow: UnsafeMutablePointer<Flow>) -> Entry {
    Entry(
      source: UInt32(truncatingIfNeeded: flow.pointee.source.mixed),
      destination: UInt32(truncatingIfNeeded: flow.pointee.destination.mixed),
      ports: UInt32(flow.pointee.sourcePort),
      service: UInt32(flow.pointee.destinationPort) << 8 | UInt32(flow.pointee.ipProtocol))
  }
}
