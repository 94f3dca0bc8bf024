/// Flows as they stood after their first packets, until the tick at which their rows are written: what
/// a model is trained on so that it knows early rows (truncation augmentation, arXiv 2407.02856).
struct Prefixes {
  /// The numbers of packets at which a flow is kept.
  private static let lengths = [1, 2, 4, 7, 15]
  /// The most that are kept within a tick; a flood's others are more of the same.
  private static let most = 4_096

  struct Prefix {
    var flow: Flow
    /// Where the flow goes on.
    let index: Int32
  }

  private var waiting: [Prefix] = []

  /// Keeps a flow if it is just long enough.
  mutating func note(_ flow: UnsafeMutablePointer<Flow>, at index: Int32) {
    guard flow.pointee.packets <= 15, Self.lengths.contains(flow.pointee.packets),
      waiting.count < Self.most
    else { return }
    waiting.append(Prefix(flow: flow.pointee, index: index))
  }

  /// Hands over what was kept within the tick.
  mutating func take() -> [Prefix] {
    defer { waiting.removeAll(keepingCapacity: true) }
    return waiting
  }
}

extension Featurizer {
  /// Rows of flows as they stood after their first packets, with the windows that end at `tick`.
  mutating func writePrefixes(at tick: Int64) {
    guard writesPrefixes else { return }
    var taken = prefixes.take()
    for place in taken.indices {
      let index = taken[place].index
      let isSame =
        flows[index].pointee.isLive && flows[index].pointee.start == taken[place].flow.start
      if isSame { taken[place].flow.isTTLNew = flows[index].pointee.isTTLNew }
      write(&taken[place].flow, sources: 1, at: tick)
    }
  }
}
