import Glibc

/// The spool's root folder. Everything below it is reached through it, so that it stays reachable
/// when privileges fall.
///
/// A class: queues, state and sequence share the one open folder.
public final class SpoolDirectory {
  let root: Descriptor
  /// The path it was opened by.
  public let path: String

  /// Opens the spool, making its root folder if need be.
  ///
  /// - Throws: ``SpoolError`` if it cannot be made or opened.
  public init(_ path: String) throws(SpoolError) {
    self.path = path
    if mkdir(path, 0o750) != 0, errno != EEXIST { throw SpoolError("make", path, errno: errno) }
    root = try Descriptor.open(path, Descriptor.folderFlags)
  }

  /// A folder below the root: `state`, `log`, `reports`, `quarantine`, ..., made if need be.
  func folder(_ names: String...) throws(SpoolError) -> Descriptor {
    var current = try root.folder(names[0])
    for name in names.dropFirst() { current = try current.folder(name) }
    return current
  }

  /// The path of a file below the spool, whose folder is made if need be.
  public func path(_ folder: String, _ name: String) throws(SpoolError) -> String {
    _ = try self.folder(folder)
    return "\(path)/\(folder)/\(name)"
  }

  /// What waits in a queue, what is claimed and what was put in quarantine: files and bytes.
  public func occupancy(of queue: Queue) throws(SpoolError) -> Occupancy {
    let folder = try self.folder(queue.rawValue)
    let quarantined = try self.folder("quarantine", queue.rawValue).names()
    return Occupancy(
      waiting: try Tally(of: folder.folder("new")), claimed: try Tally(of: folder.folder("cur")),
      quarantined: quarantined.count { !$0.hasSuffix(".reason") })
  }

  /// A queue at one moment.
  public struct Occupancy: Sendable {
    /// In `new/`.
    public let waiting: Tally
    /// In `cur/`.
    public let claimed: Tally
    /// Unreadable inputs set aside.
    public let quarantined: Int
  }

  /// Files and bytes in a folder.
  public struct Tally: Sendable {
    /// The number of files.
    public internal(set) var files = 0
    /// The sum of their sizes.
    public internal(set) var bytes = 0

    init() {}

    init(of folder: borrowing Descriptor) throws(SpoolError) {
      for name in try folder.names() {
        guard let size = folder.size(of: name) else { continue }
        files += 1
        bytes += size
      }
    }
  }
}
