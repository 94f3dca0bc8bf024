import CLinux
import Glibc

/// The files of `archive/corrections`, one a segment: what people said of its rows. They are small,
/// never dropped, and outlive the segment.
public struct CorrectionFiles: ~Copyable {
  private let folder: Descriptor
  private let lock: Descriptor?

  /// Opens the folder to look at it.
  public init(reading spool: SpoolDirectory) throws(SpoolError) {
    folder = try spool.folder("archive", "corrections")
    lock = nil
  }

  /// Opens the folder to change it, and waits until nobody else does.
  public init(changing spool: SpoolDirectory) throws(SpoolError) {
    let folder = try spool.folder("archive", "corrections")
    let lock = try folder.open(".lock", O_RDWR | O_CREAT)
    try lock.inheritOwner(of: folder)
    try lock.lockWaiting()
    self.folder = consume folder
    self.lock = consume lock
  }

  /// The segments that have a file, in order. What is named otherwise is none of ours.
  public func segments() throws(SpoolError) -> [SegmentName] {
    try folder.names().compactMap { file in
      SegmentName(file).flatMap { Self.file($0) == file ? $0 : nil }
    }.sorted()
  }

  /// Calls `body` with a segment's file.
  ///
  /// - Returns: nil if it has none.
  /// - Throws: ``SpoolError`` if it cannot be read, or what `body` throws.
  public func read<Result>(
    _ segment: SegmentName, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result? {
    guard let file = try opened(Self.file(segment)) else { return nil }
    return try mapped(file, body)
  }

  /// Puts `bytes` in the place of a segment's file. When this returns they are on the disk; a crash
  /// before leaves the old file, whole.
  public func write(_ bytes: UnsafeRawBufferPointer, _ segment: SegmentName) throws(SpoolError) {
    let name = Self.file(segment)
    let draft = ".\(name)"  // nobody else writes: the lock
    let file = try folder.open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
    try file.inheritOwner(of: folder)
    try file.write(bytes)
    try file.synchronize()
    _ = try folder.rename(draft, to: folder, as: name)
    try folder.synchronize()
  }

  /// Removes a segment's file.
  public func remove(_ segment: SegmentName) throws(SpoolError) {
    try folder.remove(Self.file(segment))
    try folder.synchronize()
  }

  private static func file(_ segment: SegmentName) -> String { "\(segment).csv" }

  private func opened(_ name: String) throws(SpoolError) -> Descriptor? {
    do throws(SpoolError) {
      return try folder.openInput(name)
    } catch  where error.code == ENOENT {
      return nil
    }
  }
}
