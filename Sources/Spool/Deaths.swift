import Glibc

/// How often in a row the consumer died while it worked on a file, kept in the queue's lock file:
/// names are claimed in order, so a file that kills its consumer would stop the queue for ever.
struct Deaths: ~Copyable {
  /// The death after which a file goes to quarantine.
  static let limit = 3
  /// What stands for reading the archive again; no file has such a name.
  private static let recall = "archive/"
  private let file: Descriptor
  private let before: [String: Int]
  private var now: [String: Int] = [:]

  /// Reads what an earlier life noted; what cannot be understood counts as nothing.
  init(_ file: consuming Descriptor) throws(SpoolError) {
    var before: [String: Int] = [:]
    for line in try file.text(limit: 1 << 16).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let count = Int(parts[0]) else { continue }
      before[String(parts[1])] = min(max(count, 0), Self.limit)
    }
    self.before = before
    self.file = file
  }

  deinit { file.unlock() }

  /// Notes one more death on `name`.
  ///
  /// - Returns: how many there are now.
  mutating func add(_ name: String) -> Int {
    let count = (before[name] ?? 0) + 1
    now[name] = count
    return count
  }

  /// Notes that the archive is about to be read again.
  ///
  /// - Returns: false if the consumer died at it too often; it should begin without, and is given
  ///   another try at the next start.
  mutating func beginRecall() throws(SpoolError) -> Bool {
    let count = before[Self.recall] ?? 0
    guard count < Self.limit else { return false }
    now[Self.recall] = count + 1
    try save()
    return true
  }

  /// Notes that it survived that.
  mutating func endRecall() throws(SpoolError) {
    guard now.removeValue(forKey: Self.recall) != nil else { return }
    try save()
  }

  /// Writes what was noted; what was not noted again is forgotten.
  func save() throws(SpoolError) {
    guard !now.isEmpty || !before.isEmpty else { return }
    guard ftruncate(file.number, 0) == 0, lseek(file.number, 0, SEEK_SET) == 0 else {
      throw SpoolError("write", file.path, errno: errno)
    }
    var text = ""
    for (name, count) in now where count < Self.limit || name == Self.recall {
      text += "\(count) \(name)\n"
    }
    try file.write(text: text)
  }
}
