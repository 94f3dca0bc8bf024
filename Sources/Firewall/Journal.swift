import Glibc
import Tables

/// The file that makes the block list survive a crash, a reboot and a pulled plug: a line a change,
/// appended and fsynced before the change is put in force.
///
/// A class, since it owns a descriptor: closed once, when the last owner goes.
public final class Journal {
  /// What was read from a journal.
  public struct Contents: Sendable {
    /// The entries, oldest first.
    public var entries: [JournalEntry] = []
    /// Lines that are no entries, as `line N: cause`: the torn last one, or damaged ones.
    public var dropped: [String] = []

    /// Nothing: there is no journal yet.
    public init() {}
  }

  private let path: String
  private var descriptor: Int32 = -1
  private var size: off_t = 0
  /// Entries in the file.
  public private(set) var count = 0

  /// Replaces the journal at `path` by `entries` and opens it for more.
  ///
  /// - Throws: ``FirewallError``.
  public init(path: String, entries: [JournalEntry]) throws(FirewallError) {
    self.path = path
    try rewrite(entries)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Reads the journal at `path`. A file that does not exist is empty.
  ///
  /// - Throws: ``FirewallError`` if it cannot be read or is another version's.
  public static func read(path: String) throws(FirewallError) -> Contents {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return Contents() }
      throw .system("read", path)
    }
    defer { close(file) }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .system("read", path) }
      guard count > 0 else { break }
      text += chunk[..<count]
    }
    return try parse(text, path: path)
  }

  /// Reads the text of a journal. A last line without line end is dropped: it was never promised.
  ///
  /// - Throws: ``FirewallError`` if its header is another version's.
  public static func parse(
    _ text: [UInt8], path: String = "journal"
  ) throws(FirewallError) -> Contents {
    var contents = Contents()
    let header = Array(JournalEntry.columns.joined(separator: ",").utf8)
    var start = 0
    var number = 1
    while let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) {
      if number == 1 {
        guard text[..<end].elementsEqual(header) else {
          throw FirewallError("unable to read \(path): not a block list of this version")
        }
      } else {
        do {
          contents.entries.append(
            try text.withUnsafeBytes {
              try JournalEntry(line: UnsafeRawBufferPointer(rebasing: $0[start...end]))
            })
        } catch {
          contents.dropped.append("line \(number): \(error)")
        }
      }
      start = end + 1
      number += 1
    }
    if start < text.count { contents.dropped.append("line \(number): cut short") }
    return contents
  }

  /// Appends `entries`; when this returns they are on the disk.
  ///
  /// - Throws: ``FirewallError``; the file is then as it was.
  public func append(_ entries: [JournalEntry]) throws(FirewallError) {
    guard !entries.isEmpty else { return }
    var writer = RowWriter()
    for entry in entries { entry.write(to: &writer) }
    do {
      try Self.write(writer.bytes, to: descriptor, path)
    } catch {
      _ = ftruncate(descriptor, size)
      throw error
    }
    size += off_t(writer.bytes.count)
    count += entries.count
  }

  /// Replaces the file by one with `entries`, by rename: at every instant one of the two is there.
  ///
  /// - Throws: ``FirewallError``; the old file is then still in use.
  public func rewrite(_ entries: [JournalEntry]) throws(FirewallError) {
    var writer = RowWriter()
    for column in JournalEntry.columns { writer.cell(column) }
    writer.endRow()
    for entry in entries { entry.write(to: &writer) }
    let draft = path + ".new"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .system("create", draft) }
    do throws(FirewallError) {
      try Self.write(writer.bytes, to: file, draft)
      guard rename(draft, path) == 0 else { throw .system("rename", draft) }
    } catch {
      close(file)
      unlink(draft)
      throw error
    }
    Self.syncFolder(of: path)
    if descriptor >= 0 { close(descriptor) }
    descriptor = file
    size = off_t(writer.bytes.count)
    count = entries.count
  }

  private static func write(
    _ bytes: [UInt8], to file: Int32, _ path: String
  ) throws(FirewallError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(file, $0.baseAddress! + done, $0.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system("write", path) }
      done += count
    }
    guard fdatasync(file) == 0 else { throw .system("sync", path) }
  }

  private static func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { return }
    fsync(file)
    close(file)
  }
}

extension FirewallError {
  /// The failure of a system call, from `errno`.
  static func system(_ verb: String, _ object: String) -> FirewallError {
    FirewallError("unable to \(verb) \(object): \(String(cString: strerror(errno)))")
  }
}
