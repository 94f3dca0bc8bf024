import Glibc

/// Numbers that never repeat on this spool, whatever is killed: they are reserved on disk, a
/// thousand at a time.
public struct Sequence: ~Copyable {
  private static let block: UInt64 = 1_000
  private let state: Descriptor
  private var next: UInt64
  private var reserved: UInt64

  /// Goes on after the last number reserved by an earlier life; if nobody knows it any more, after
  /// the highest that the spool's segments have.
  ///
  /// - Throws: ``SpoolError`` if the file is unreadable or damaged.
  public init(_ spool: SpoolDirectory) throws(SpoolError) {
    let state = try spool.folder("state")
    let end: UInt64
    if let known = try Self.read(state) {
      end = known
    } else {
      end = try Self.highest(in: spool)
    }
    self.state = state
    next = end
    reserved = end
  }

  /// The next number, from 1.
  public mutating func take() throws(SpoolError) -> UInt64 {
    if next == reserved { try reserve(next + Self.block) }
    next += 1
    return next
  }

  /// Gives back what was reserved and not taken; for a clean stop.
  public mutating func settle() throws(SpoolError) { try reserve(next) }

  private mutating func reserve(_ end: UInt64) throws(SpoolError) {
    let file = try state.open("sequence.new", O_WRONLY | O_CREAT | O_TRUNC)
    try file.write(text: "\(end)\n")
    try file.synchronize()
    _ = try state.rename("sequence.new", to: state, as: "sequence")
    try state.synchronize()
    reserved = end
  }

  /// 0 if there is no segment.
  private static func highest(in spool: SpoolDirectory) throws(SpoolError) -> UInt64 {
    let captured = try spool.folder(Queue.captured.rawValue)
    var names = try captured.folder("new").names() + captured.folder("cur").names()
    names += try spool.folder("archive", Queue.captured.rawValue).names()
    let numbers = names.compactMap { SegmentName($0)?.sequence }
    return min(numbers.max() ?? 0, 1 << 62)  // no name can make ``take()`` overflow
  }

  /// nil if there is no such file.
  private static func read(_ state: borrowing Descriptor) throws(SpoolError) -> UInt64? {
    let file: Descriptor
    do throws(SpoolError) {
      file = try state.open("sequence", O_RDONLY)
    } catch  where error.code == ENOENT {
      return nil
    }
    let text = try file.text(limit: 32)
    guard text.last == "\n", let end = UInt64(text.dropLast()) else {
      throw SpoolError("read", file.path, because: "not a number")
    }
    return end
  }
}
