import Glibc
import Reporting
import Stage

/// Where JSON and CSV go: a file that appears whole, or standard output.
enum Sink {
  /// Calls `body` with a function that takes pieces of the output.
  static func write(_ path: String, _ body: (([UInt8]) throws -> Void) throws -> Void) throws {
    guard path != "-" else { return try body { try put($0, 1, "standard output") } }
    let draft = "\(path).part"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else { throw refusal(.cannotCreate, "make", draft) }
    do {
      defer { close(descriptor) }
      try body { try put($0, descriptor, draft) }
    } catch {
      unlink(draft)
      throw error
    }
    guard rename(draft, path) == 0 else { throw refusal(.cannotCreate, "make", path) }
  }

  private static func put(_ bytes: [UInt8], _ descriptor: CInt, _ name: String) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + sent }, $0.count - sent)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw refusal(.io, "write", name) }
      sent += count
    }
  }

  private static func refusal(_ status: ExitStatus, _ verb: String, _ object: String) -> Failure {
    Failure(status, "unable to \(verb) \(object): \(String(cString: strerror(errno)))")
  }
}
