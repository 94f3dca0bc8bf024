import Glibc
import Stage

/// Finds `scripts/typst`.
enum Launcher {
  /// `option`, else `$WARD_TYPST`, else the one beside this program (installed), else the
  /// `scripts/typst` of a folder above it or of the working folder (a source tree).
  ///
  /// - Throws: `Failure` (69) if there is none.
  static func find(_ option: String?) throws -> String {
    if let option { return option }
    if let named = getenv("WARD_TYPST"), named.pointee != 0 { return String(cString: named) }
    for candidate in candidates() where access(candidate, X_OK) == 0 { return candidate }
    throw Failure(
      .unavailable, "unable to find scripts/typst: name it with --typst, or ask for --format json")
  }

  private static func candidates() -> [String] {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let size = readlink("/proc/self/exe", &buffer, buffer.count)
    let path = buffer.prefix(max(size, 0)).map { UInt8(bitPattern: $0) }
    var folders = String(decoding: path, as: UTF8.self).split(separator: "/").dropLast()
    var found = ["/\(folders.joined(separator: "/"))/typst"]
    while !folders.isEmpty {
      folders = folders.dropLast()
      found.append("/\((folders + ["scripts", "typst"]).joined(separator: "/"))")
    }
    return found + ["scripts/typst"]
  }
}
