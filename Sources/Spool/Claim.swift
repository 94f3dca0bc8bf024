import Glibc

/// A file that this process has taken from a queue. It ends exactly once: finished, set aside, or,
/// when it is forgotten, put back for the next try.
public struct Claim: ~Copyable {
  /// The file's name, with extension.
  public let fileName: String
  private let inbox: Inbox
  private var isEnded = false

  init(_ fileName: String, _ inbox: Inbox) {
    self.fileName = fileName
    self.inbox = inbox
  }

  /// Which queue it came from.
  public var queue: Queue { inbox.queue }

  /// Calls `body` with the whole file's bytes, mapped into memory.
  ///
  /// - Throws: ``SpoolError`` if it cannot be read, or what `body` throws.
  public func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    try mapped(try inbox.cur.openInput(fileName), body)
  }

  /// The work is done and published: moves the file to the archive, if the queue has one and it is
  /// worth keeping, else removes it.
  public consuming func finish(worthKeeping: Bool = true) throws(SpoolError) {
    try inbox.finish(fileName, keep: worthKeeping)
    isEnded = true
  }

  /// The file cannot be read: moves it to quarantine with `reason` beside it.
  public consuming func setAside(reason: String) throws(SpoolError) {
    try inbox.setAside(fileName, reason: reason)
    isEnded = true
  }

  deinit {
    if !isEnded { inbox.putBack(fileName) }
  }
}

/// Calls `body` with the bytes of any file, mapped into memory. A FIFO is refused, not waited for.
///
/// - Throws: ``SpoolError`` if it cannot be opened or mapped, or what `body` throws.
public func withFile<Result>(
  _ path: String, _ body: (UnsafeRawBufferPointer) throws -> Result
) throws -> Result {
  try mapped(try Descriptor.open(path, O_RDONLY | O_NONBLOCK), body)
}

/// Calls `body` with the whole of an open file, mapped into memory.
func mapped<Result>(
  _ file: consuming Descriptor, _ body: (UnsafeRawBufferPointer) throws -> Result
) throws -> Result {
  var status = stat()
  guard fstat(file.number, &status) == 0 else { throw SpoolError("read", file.path, errno: errno) }
  guard status.st_mode & S_IFMT == S_IFREG else {
    throw SpoolError("read", file.path, because: SpoolError.notAFile)
  }
  let size = Int(status.st_size)
  guard size > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
  // A segment is read whole at once; of a recording, however long, only what is at hand.
  let isSmall = size <= 4 * forgettable
  let flags = MAP_PRIVATE | (isSmall ? CInt(MAP_POPULATE) : 0)
  let start = mmap(nil, size, PROT_READ, flags, file.number, 0)
  guard let start, start != MAP_FAILED else {
    throw SpoolError("map", file.path, errno: errno)
  }
  if !isSmall { madvise(start, size, CInt(MADV_SEQUENTIAL)) }
  defer { munmap(start, size) }
  return try body(UnsafeRawBufferPointer(start: start, count: size))
}

/// How much of a mapped file is worth giving back at once. B.
public let forgettable = 16 << 20

/// Asks for a mapped file's bytes at once that are about to be read: one call instead of a fault every
/// few pages. Where the kernel cannot (before Linux 5.14), nothing changes.
public func anticipate(_ bytes: UnsafeRawBufferPointer) {
  let populateRead: CInt = 22  // MADV_POPULATE_READ
  let page = Int(getpagesize())
  guard let base = bytes.baseAddress else { return }
  let start = Int(bitPattern: base) / page * page
  guard let address = UnsafeMutableRawPointer(bitPattern: start) else { return }
  madvise(address, Int(bitPattern: base) + bytes.count - start, populateRead)
}

/// Gives back the memory of a mapped file's bytes that have been read for good, so that a recording
/// of any length takes little. They can still be read, at a cost.
public func forget(_ bytes: UnsafeRawBufferPointer) {
  let page = Int(getpagesize())
  guard let base = bytes.baseAddress, bytes.count >= page else { return }
  let start = (Int(bitPattern: base) + page - 1) / page * page
  let end = (Int(bitPattern: base) + bytes.count) / page * page
  guard end > start, let address = UnsafeMutableRawPointer(bitPattern: start) else { return }
  madvise(address, end - start, CInt(MADV_DONTNEED))
}
