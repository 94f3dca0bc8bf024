import Glibc

/// Whole files, and lines at the end of one.
public enum FileWriter {
  /// The system's refusal.
  public struct Refusal: Error, CustomStringConvertible, Sendable {
    /// `errno`.
    public let code: CInt
    /// The file.
    public let path: String

    /// "unable to write FILE: cause".
    public var description: String {
      "unable to write \(path): \(String(cString: strerror(code)))"
    }
  }

  /// Replaces the file at `path`, or makes it, readable to owner and group.
  public static func write(_ bytes: [UInt8], to path: String) throws(Refusal) {
    try write(bytes, path, O_TRUNC, whole: false)
  }

  /// Appends `bytes` with one write(2), so that lines of two programs never mix.
  public static func append(_ bytes: [UInt8], to path: String) throws(Refusal) {
    try write(bytes, path, O_APPEND, whole: true)
  }

  private static func write(
    _ bytes: [UInt8], _ path: String, _ flag: CInt, whole: Bool
  ) throws(Refusal) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flag, 0o640)
    guard descriptor >= 0 else { throw Refusal(code: errno, path: path) }
    defer { close(descriptor) }
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + sent }, $0.count - sent)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0, !whole || count == bytes.count else {
        throw Refusal(code: count < 0 ? errno : ENOSPC, path: path)
      }
      sent += count
    }
  }
}
