import CLinux
import Glibc

/// An open file or folder that closes itself. The one place that meets `EINTR`.
struct Descriptor: ~Copyable {
  let number: CInt
  /// The path below the spool, for messages.
  let path: String

  init(number: CInt, path: String) {
    self.number = number
    self.path = path
  }

  /// The flags that open a folder.
  static let folderFlags = O_RDONLY | O_DIRECTORY

  deinit { close(number) }

  /// open(2) on an absolute path or one relative to the working folder.
  static func open(_ path: String, _ flags: CInt, mode: mode_t = 0o640) throws(SpoolError)
    -> Descriptor
  {
    try openAt(AT_FDCWD, path, flags, mode: mode, shownAs: path)
  }

  /// openat(2) below this folder.
  func open(_ name: String, _ flags: CInt, mode: mode_t = 0o640) throws(SpoolError) -> Descriptor {
    try Self.openAt(number, name, flags, mode: mode, shownAs: "\(path)/\(name)")
  }

  /// Opens what should be a file from outside: a FIFO would block the open, and a link leads out of
  /// the spool.
  func openInput(_ name: String) throws(SpoolError) -> Descriptor {
    try open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  }

  private static func openAt(
    _ folder: CInt, _ name: String, _ flags: CInt, mode: mode_t, shownAs path: String
  ) throws(SpoolError) -> Descriptor {
    let number = retrying { openat(folder, name, flags | O_CLOEXEC, mode) }
    guard number >= 0 else { throw SpoolError("open", path, errno: errno) }
    return Descriptor(number: number, path: path)
  }

  /// mkdirat(2), then openat(2): the folder `name`, made if it is not there.
  func folder(_ name: String) throws(SpoolError) -> Descriptor {
    let isMade = mkdirat(number, name, 0o750) == 0
    guard isMade || errno == EEXIST else {
      throw SpoolError("make", "\(path)/\(name)", errno: errno)
    }
    let folder = try open(name, Self.folderFlags)
    if isMade { try folder.inheritOwner(of: self) }
    return folder
  }

  /// fchown(2) to the owner of `folder`: what root makes in another user's spool, before it becomes
  /// that user, is that user's.
  func inheritOwner(of folder: borrowing Descriptor) throws(SpoolError) {
    guard geteuid() == 0 else { return }
    var owner = stat()
    guard fstat(folder.number, &owner) == 0,
      owner.st_uid == 0 || fchown(number, owner.st_uid, owner.st_gid) == 0
    else { throw SpoolError("give away", path, errno: errno) }
  }

  /// renameat(2) from this folder to `other`; false if there is no such file.
  func rename(_ name: String, to other: borrowing Descriptor, as newName: String) throws(SpoolError)
    -> Bool
  {
    if renameat(number, name, other.number, newName) == 0 { return true }
    if errno == ENOENT { return false }
    throw SpoolError("rename", "\(path)/\(name)", errno: errno)
  }

  /// unlinkat(2); false if there is no such file.
  @discardableResult
  func remove(_ name: String) throws(SpoolError) -> Bool {
    if unlinkat(number, name, 0) == 0 { return true }
    if errno == ENOENT { return false }
    throw SpoolError("remove", "\(path)/\(name)", errno: errno)
  }

  /// The size of a file in this folder; nil if it is not there.
  func size(of name: String) -> Int? {
    var status = stat()
    return fstatat(number, name, &status, 0) == 0 ? Int(status.st_size) : nil
  }

  /// The names in this folder, hidden ones left out, in no order.
  func names() throws(SpoolError) -> [String] {
    let copy = try open(".", Self.folderFlags)
    let duplicate = dup(copy.number)
    guard duplicate >= 0, let stream = fdopendir(duplicate) else {
      if duplicate >= 0 { close(duplicate) }
      throw SpoolError("read", path, errno: errno)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// read(2) from the beginning, `limit` bytes at most.
  func text(limit: Int) throws(SpoolError) -> String {
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = bytes.withUnsafeMutableBytes { buffer in
      retrying { pread(number, buffer.baseAddress, buffer.count, 0) }
    }
    guard count >= 0 else { throw SpoolError("read", path, errno: errno) }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// write(2) until all is written.
  func write(_ bytes: UnsafeRawBufferPointer) throws(SpoolError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = retrying { Glibc.write(number, rest.baseAddress, rest.count) }
      guard count >= 0 else { throw SpoolError("write", path, errno: errno) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// write(2) of a text.
  func write(text: String) throws(SpoolError) {
    try Array(text.utf8).span.bytes.withUnsafeBytes { bytes throws(SpoolError) in
      try write(bytes)
    }
  }

  /// fsync(2).
  func synchronize() throws(SpoolError) {
    guard fsync(number) == 0 else { throw SpoolError("synchronize", path, errno: errno) }
  }

  /// flock(2), exclusive, without waiting.
  func lock() throws(SpoolError) {
    guard ward_lock(number) == 0 else { throw SpoolError("lock", path, errno: errno) }
  }

  /// flock(2), exclusive, however long that takes.
  func lockWaiting() throws(SpoolError) {
    guard retrying({ ward_lock_waiting(number) }) == 0 else {
      throw SpoolError("lock", path, errno: errno)
    }
  }

  /// flock(2), undone: at once, even if a child between fork and exec holds a copy.
  func unlock() { _ = ward_unlock(number) }
}

/// Calls `body` again while it is interrupted by a signal.
func retrying<Result: SignedInteger>(_ body: () -> Result) -> Result {
  while true {
    let result = body()
    if result >= 0 || errno != EINTR { return result }
  }
}
