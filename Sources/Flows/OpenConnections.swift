/// How many of a key's connections are open.
///
/// A key may be pushed out of the full table and come back while connections of it are open. So each
/// count has a number of its own, and a flow keeps the number of the one it stands in: it is taken out
/// of that one or of none, and put into the new one when it next moves.
struct OpenConnections: BitwiseCopyable {
  private(set) var count: UInt32 = 0
  /// 0 until something was counted.
  private var serial: UInt32 = 0

  /// What numbers the counts.
  struct Serials {
    private var last: UInt32 = 0

    fileprivate mutating func next() -> UInt32 {
      last = last == .max ? 1 : last + 1
      return last
    }
  }

  /// Brings the count up to date with one flow.
  ///
  /// - Parameter mark: the number of the count that the flow stands in; 0 for none.
  @inline(__always) mutating func note(
    isOpen: Bool, _ mark: inout UInt32, _ serials: inout Serials
  ) {
    guard isOpen || mark != 0 else { return }
    if isOpen { add(&mark, &serials) } else { remove(&mark) }
  }

  private mutating func add(_ mark: inout UInt32, _ serials: inout Serials) {
    if serial == 0 { serial = serials.next() }
    guard mark != serial else { return }
    mark = serial
    count &+= 1
  }

  /// The flow is over, or no longer open.
  mutating func remove(_ mark: inout UInt32) {
    if mark == serial, count > 0 { count -= 1 }
    mark = 0
  }
}
