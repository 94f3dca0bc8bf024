import Glibc

/// A file being written in `tmp/`. It ends exactly once: published, or, when it is given up or
/// forgotten, removed.
struct Draft: ~Copyable {
  private let file: Descriptor
  private let folder: CInt
  let name: String
  /// Bytes written so far.
  private(set) var size = 0
  private var isPublished = false

  init(_ name: String, in tmp: borrowing Descriptor) throws(SpoolError) {
    file = try tmp.open(name, O_WRONLY | O_CREAT | O_TRUNC)
    folder = tmp.number
    self.name = name
  }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws(SpoolError) {
    try file.write(bytes)
    size += bytes.count
  }

  /// Renames the file into `new`. From that instant it is whole and the consumer's.
  consuming func publish(to new: borrowing Descriptor) throws(SpoolError) {
    guard renameat(folder, name, new.number, name) == 0 else {
      throw SpoolError("publish", "\(new.path)/\(name)", errno: errno)
    }
    isPublished = true
  }

  deinit {
    if !isPublished { unlinkat(folder, name, 0) }
  }
}
