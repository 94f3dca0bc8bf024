import FoundationEssentials
import Glibc

/// A folder that goes away with the test, and all that is in it.
///
/// A class: it must go exactly once.
public final class TemporaryFolder {
  /// Where it is.
  public let path: String
  private let isOwn: Bool

  /// It could not be made: the error's number.
  public struct Refused: Error {
    /// As errno(3) has it.
    public let code: CInt
  }

  /// - Throws: ``Refused``.
  public init() throws {
    var template = Array("/tmp/ward-test.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Refused(code: errno) }
    path = String(decoding: template.dropLast().map(UInt8.init), as: UTF8.self)
    isOwn = true
  }

  /// Another's, seen from another process: it stays.
  public init(borrowing path: String) {
    self.path = path
    isOwn = false
  }

  deinit { if isOwn { try? FileManager.default.removeItem(atPath: path) } }

  /// The names in a folder below it, in order; none if there is no such folder.
  public func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
  }

  /// What is in a file; nil if there is none.
  public func bytes(_ file: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(path)/\(file)").map(Array.init)
  }

  /// The same as text.
  public func text(_ file: String) -> String? {
    bytes(file).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Puts a file there, and tells its path.
  @discardableResult
  public func put(_ file: String, _ text: String = "") -> String {
    _ = FileManager.default.createFile(atPath: "\(path)/\(file)", contents: Data(text.utf8))
    return "\(path)/\(file)"
  }

  /// Puts a file in another's place, whole.
  public func move(_ file: String, to other: String) {
    rename("\(path)/\(file)", "\(path)/\(other)")
  }
}
