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

  /// The work is done and published: removes the file, or moves it to the archive.
  public consuming func finish() throws(SpoolError) {
    try inbox.finish(fileName)
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

/// Calls `body` with the bytes of any file, mapped into memory.
///
/// - Throws: ``SpoolError`` if it cannot be opened or mapped, or what `body` throws.
public func withFile<Result>(
  _ path: String, _ body: (UnsafeRawBufferPointer) throws -> Result
) throws -> Result {
  try mapped(try Descriptor.open(path, O_RDONLY), body)
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
  let start = mmap(nil, size, PROT_READ, MAP_PRIVATE | CInt(MAP_POPULATE), file.number, 0)
  guard let start, start != MAP_FAILED else {
    throw SpoolError("map", file.path, errno: errno)
  }
  defer { munmap(start, size) }
  return try body(UnsafeRawBufferPointer(start: start, count: size))
}
