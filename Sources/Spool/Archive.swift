/// Finished input that is kept: the newest of it, within a bound in bytes.
struct Archive: ~Copyable {
  private let folder: Descriptor
  private let limit: Int
  private var kept: [(name: String, size: Int)]  // oldest first
  private var oldest = 0
  private var total: Int

  init(_ folder: consuming Descriptor, of queue: Queue, limit: Int) throws(SpoolError) {
    let found = try folder.names().map { Place($0, in: queue) }.sorted()
    kept = found.map { ($0.fileName, folder.size(of: $0.fileName) ?? 0) }
    total = kept.reduce(0) { $0 + $1.size }
    self.folder = folder
    self.limit = limit
  }

  /// What is kept, oldest first.
  var names: [String] { kept[oldest...].map(\.name) }

  /// Opens one that is kept.
  func open(_ name: String) throws(SpoolError) -> Descriptor { try folder.openInput(name) }

  /// Moves a finished file in, in place of one that was done before under its name, and the oldest
  /// out.
  mutating func take(_ name: String, from cur: borrowing Descriptor) throws(SpoolError) {
    if folder.size(of: name) != nil, let known = kept.lastIndex(where: { $0.name == name }) {
      total -= kept.remove(at: known).size
    }
    guard try cur.rename(name, to: folder, as: name) else { return }
    let size = folder.size(of: name) ?? 0
    kept.append((name, size))
    total += size
    try trim()
  }

  private mutating func trim() throws(SpoolError) {
    while total > limit, oldest < kept.count {
      try folder.remove(kept[oldest].name)
      total -= kept[oldest].size
      oldest += 1
    }
    if oldest > 1_024 {
      kept.removeFirst(oldest)
      oldest = 0
    }
  }
}
