import Firewall
import Glibc
import Spool
import Stage

/// Where the whitelist lies.
struct WhitelistFile {
  /// The file that is used when none is named.
  static let usual = "whitelist.txt"

  let path: String
  private let isNamed: Bool

  /// The file a person named, or the usual one, which may be missing.
  init(_ named: String?) {
    path = named ?? Self.usual
    isNamed = named != nil
  }

  /// Reads the list.
  ///
  /// - Throws: `Failure` (config) if a line is broken, or the file cannot be read.
  func load() throws -> Whitelist {
    if !isNamed, access(path, F_OK) != 0 { return Whitelist() }
    do {
      let text = try withFile(path) { String(decoding: $0, as: UTF8.self) }
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return try Whitelist(text: text, file: name)
    } catch {
      throw Failure(.config, "\(error)")
    }
  }
}
