import CLinux
import Glibc

/// SIGTERM, SIGINT, SIGHUP and SIGUSR1 as something to poll.
///
/// A class: the descriptor is shared by whoever waits.
public final class Signals {
  /// For `poll`.
  public let pollDescriptor: CInt
  /// Whether SIGTERM or SIGINT has come.
  public private(set) var stopRequested = false
  /// Whether SIGUSR1 has come: to stop once nothing waits.
  public private(set) var drainRequested = false
  private var reloadRequested = false

  /// Blocks the four signals from now on; they arrive here alone.
  public init() throws {
    pollDescriptor = ward_signal_fd()
    guard pollDescriptor >= 0 else {
      throw Failure(.system, "unable to wait for signals: \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(pollDescriptor) }

  /// Takes what came; never waits.
  public func take() {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    while read(pollDescriptor, &info, size) == size {
      switch CInt(info.ssi_signo) {
      case SIGHUP: reloadRequested = true
      case SIGUSR1: drainRequested = true
      default: stopRequested = true
      }
    }
  }

  /// Whether SIGHUP has come since the last call.
  public func takeReload() -> Bool {
    defer { reloadRequested = false }
    return reloadRequested
  }
}

/// Sleeps until one of `descriptors` is readable or `milliseconds` have passed; nil sleeps without
/// end.
public func sleepUntilReadable(_ descriptors: [CInt], milliseconds: Int? = nil) {
  var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  let limit = milliseconds.map { CInt(clamping: max(0, $0)) } ?? -1
  _ = poll(&entries, nfds_t(entries.count), limit)  // EINTR: the caller looks again anyway
}

/// write(2) until all is written.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt) throws {
  var rest = bytes
  while !rest.isEmpty {
    let count = write(descriptor, rest.baseAddress, rest.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else {
      throw Failure(.io, "unable to write output: \(String(cString: strerror(errno)))")
    }
    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
  }
}
