import Addresses

/// Whom a context is about: a host as destination or source, a service, or a pair.
struct ContextKey: TableKey {
  let first: IPAddress
  let second: IPAddress
  let port: UInt16
  let ipProtocol: UInt8

  init(host: IPAddress) {
    self.init(first: host, second: .unspecified(host.family), port: 0, ipProtocol: 0)
  }

  init(service host: IPAddress, port: UInt16, _ ipProtocol: UInt8) {
    self.init(
      first: host, second: .unspecified(host.family), port: port, ipProtocol: ipProtocol)
  }

  init(source: IPAddress, destination: IPAddress) {
    self.init(first: source, second: destination, port: 0, ipProtocol: 0)
  }

  init(first: IPAddress, second: IPAddress, port: UInt16, ipProtocol: UInt8) {
    self.first = first
    self.second = second
    self.port = port
    self.ipProtocol = ipProtocol
  }

  @inline(__always) func hash(_ seed: UInt64) -> UInt64 {
    mix(
      first.hash(seed) ^ UInt64(port) << 8 ^ UInt64(ipProtocol),
      second.hash(seed) | 1)
  }
}

/// One kind of context in a bounded table, the least recently used out first.
struct ContextTable<Context: BitwiseCopyable>: ~Copyable {
  private var table: BoundedTable<ContextKey, Context>
  private var recency: RecencyList
  /// What is known of a key that is not there.
  private let blank: UnsafeMutablePointer<Context>
  /// Keys pushed out of the full table so far.
  private(set) var evictions = 0

  init(capacity: Int, empty: Context) {
    table = BoundedTable(capacity: capacity)
    recency = RecencyList(capacity: capacity)
    blank = .allocate(capacity: 1)
    blank.initialize(to: empty)
  }

  deinit { blank.deallocate() }

  /// The context of `key`, in place, made if need be; good until the next call.
  ///
  /// - Parameter place: where it was last time; where it is now.
  @inline(__always) mutating func touch(
    _ key: ContextKey, _ place: inout Int32
  ) -> UnsafeMutablePointer<Context> {
    if !table.holds(key, at: place) { place = make(key) }
    recency.touch(place)
    return table[place]
  }

  private mutating func make(_ key: ContextKey) -> Int32 {
    if let index = table.find(key) { return index }
    if table.isFull, let oldest = recency.oldest() {
      recency.remove(oldest)
      table.remove(oldest)
      evictions += 1
    }
    let index = table.insert(key)
    table[index].initialize(from: blank, count: 1)
    recency.append(index)
    return index
  }

  /// The context of `key`, in place; nil if there is none.
  func find(_ key: ContextKey, _ place: Int32) -> UnsafeMutablePointer<Context>? {
    if table.holds(key, at: place) { return table[place] }
    return table.find(key).map { table[$0] }
  }

  /// The context of `key`, in place; a blank one, not to be added to, if there is none.
  func look(_ key: ContextKey, _ place: Int32) -> UnsafeMutablePointer<Context> {
    find(key, place) ?? blank
  }
}

/// Where a flow's four contexts were last found.
struct Places: BitwiseCopyable {
  var destination: Int32 = -1
  var service: Int32 = -1
  var source: Int32 = -1
  var pair: Int32 = -1
}
