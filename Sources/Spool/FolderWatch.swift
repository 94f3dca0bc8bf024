import CLinux
import Glibc

/// Names that arrive in or leave a folder, told by inotify(7).
struct FolderWatch: ~Copyable {
  private let inotify: Descriptor

  /// What to be told of.
  enum Interest {
    /// A file was renamed into the folder.
    case arrivals
    /// A file was renamed out of the folder or removed.
    case departures
    /// A file was written or replaced.
    case changes

    fileprivate var mask: UInt32 {
      switch self {
      case .arrivals: UInt32(IN_MOVED_TO)
      case .departures: UInt32(IN_MOVED_FROM) | UInt32(IN_DELETE)
      case .changes: UInt32(IN_MOVED_TO) | UInt32(IN_CLOSE_WRITE)
      }
    }
  }

  /// What came.
  enum Event: Equatable {
    case name(String)
    /// The kernel's queue overflowed: look for yourself.
    case overflow
  }

  init(_ folder: borrowing Descriptor, _ interest: Interest) throws(SpoolError) {
    let number = inotify_init1(CInt(IN_NONBLOCK) | CInt(IN_CLOEXEC))
    guard number >= 0 else { throw SpoolError("watch", folder.path, errno: errno) }
    let inotify = Descriptor(number: number, path: folder.path)
    // The folder may be out of reach by name once privileges fell; its descriptor is not.
    guard inotify_add_watch(number, "/proc/self/fd/\(folder.number)", interest.mask) >= 0 else {
      throw SpoolError("watch", folder.path, errno: errno)
    }
    self.inotify = inotify
  }

  /// For `poll`: readable when ``events()`` has something to tell.
  var pollDescriptor: CInt { inotify.number }

  /// What came since the last call; never waits.
  func events() throws(SpoolError) -> [Event] {
    var events: [Event] = []
    let size = 1 << 16
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
    defer { buffer.deallocate() }
    while true {
      let count = retrying { read(inotify.number, buffer, size) }
      guard count > 0 else {
        guard count == 0 || errno == EAGAIN else {
          throw SpoolError("watch", inotify.path, errno: errno)
        }
        return events
      }
      // struct inotify_event: wd, mask, cookie, len (4 bytes each), name[len].
      var offset = 0
      while offset < count {
        let mask = buffer.load(fromByteOffset: offset + 4, as: UInt32.self)
        let length = Int(buffer.load(fromByteOffset: offset + 12, as: UInt32.self))
        if mask & UInt32(IN_Q_OVERFLOW) != 0 {
          events.append(.overflow)
        } else if length > 0 {
          let name = (buffer + offset + 16).assumingMemoryBound(to: CChar.self)
          events.append(.name(String(cString: name)))
        }
        offset += 16 + length
      }
    }
  }
}
