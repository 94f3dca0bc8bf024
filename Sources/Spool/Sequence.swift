import Glibc

/// Numbers that never repeat on this spool, whatever is killed: they are reserved on disk, a
/// thousand at a time.
public struct Sequence: ~Copyable {
  private static let block: UInt64 = 1_000
  private let state: Descriptor
  private var next: UInt64
  private var reserved: UInt64

  /// Goes on after the last number reserved by an earlier life.
  ///
  /// - Throws: ``SpoolError`` if the file is unreadable or damaged.
  public init(_ spool: SpoolDirectory) throws(SpoolError) {
    let state = try spool.folder("state")
    let end = try Self.read(state)
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

  private static func read(_ state: borrowing Descriptor) throws(SpoolError) -> UInt64 {
    let file: Descriptor
    do throws(SpoolError) {
      file = try state.open("sequence", O_RDONLY)
    } catch  where error.code == ENOENT {
      return 0
    }
    let text = try file.text(limit: 32)
    guard text.last == "\n", let end = UInt64(text.dropLast()) else {
      throw SpoolError("read", file.path, because: "not a number")
    }
    return end
  }
}
