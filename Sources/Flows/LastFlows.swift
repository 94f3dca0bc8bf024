import Addresses

/// Who spoke to whom in the last hundred flows: UNSW-NB15's `ct_` columns (Moustafa and Slay, 2015),
/// which see scans too slow for any clock.
struct LastFlows: ~Copyable {
  /// How many flows are looked back upon.
  static let count = 100

  /// How many of the last flows share something with one.
  struct Counts {
    var sourceService: UInt32 = 0
    var destinationService: UInt32 = 0
    var destination: UInt32 = 0
    var source: UInt32 = 0
    var destinationSourcePort: UInt32 = 0
    var pair: UInt32 = 0
  }

  // Side by side, so that all are compared at once. An entry not yet used holds 0, like which no hash is
  // but by a chance of 2⁻³².
  private let sources: UnsafeMutablePointer<UInt32>
  private let destinations: UnsafeMutablePointer<UInt32>
  private let services: UnsafeMutablePointer<UInt32>
  private let sourcePorts: UnsafeMutablePointer<UInt32>
  private var next = 0

  init() {
    let memory = UnsafeMutablePointer<UInt32>.allocate(capacity: 4 * Self.count)
    memory.initialize(repeating: 0, count: 4 * Self.count)
    sources = memory
    destinations = memory + Self.count
    services = memory + 2 * Self.count
    sourcePorts = memory + 3 * Self.count
  }

  deinit { sources.deallocate() }

  /// A new flow: the oldest of the hundred is forgotten.
  mutating func add(_ flow: UnsafeMutablePointer<Flow>) {
    sources[next] = UInt32(truncatingIfNeeded: flow.pointee.source.mixed)
    destinations[next] = UInt32(truncatingIfNeeded: flow.pointee.destination.mixed)
    services[next] = flow.pointee.service
    sourcePorts[next] = UInt32(flow.pointee.sourcePort)
    next = next + 1 == Self.count ? 0 : next + 1
  }

  /// What the last flows share with `flow`, itself included if it is one of them.
  func counts(like flow: UnsafeMutablePointer<Flow>) -> Counts {
    let source = UInt32(truncatingIfNeeded: flow.pointee.source.mixed)
    let destination = UInt32(truncatingIfNeeded: flow.pointee.destination.mixed)
    let service = flow.pointee.service
    let sourcePort = UInt32(flow.pointee.sourcePort)
    var counts = Counts()
    for index in 0..<Self.count {
      let isSource: UInt32 = sources[index] == source ? 1 : 0
      let isDestination: UInt32 = destinations[index] == destination ? 1 : 0
      let isService: UInt32 = services[index] == service ? 1 : 0
      let isSourcePort: UInt32 = sourcePorts[index] == sourcePort ? 1 : 0
      counts.source &+= isSource
      counts.destination &+= isDestination
      counts.pair &+= isSource & isDestination
      counts.sourceService &+= isSource & isService
      counts.destinationService &+= isDestination & isService
      counts.destinationSourcePort &+= isDestination & isSourcePort
    }
    return counts
  }
}

extension Flow {
  /// Destination port and protocol.
  fileprivate var service: UInt32 { UInt32(destinationPort) << 8 | UInt32(ipProtocol) }
}
