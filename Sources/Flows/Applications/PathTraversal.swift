/// Judges whether a path leaves the folder it should stay in.
///
/// A URL's path must not go higher than its root. A parameter may name a file beside its own
/// (`../list`): only what climbs two folders, climbs to a file of the system, names one by its full
/// path, or reads through one of PHP's wrappers counts. An address of http or https does not: honest
/// parameters hold such. Either slash separates folders.
enum PathTraversal {
  static func isPresent(inPath path: Octets) -> Bool {
    var path = path
    if let scheme = path.first(0x3A), path[scheme + 1] == 0x2F, path[scheme + 2] == 0x2F {
      // The form that proxies are asked in; the host is no folder.
      path = path.dropFirst(path.first(0x2F, from: scheme + 3) ?? path.count)
    }
    return lowest(of: path) < 0 || names(path, absolute, at: 0)
  }

  static func isPresent(inValue value: Octets) -> Bool {
    if isWrapped(value) { return true }
    let floor = lowest(of: value)
    if floor <= -2 { return true }
    let isFull = isSlash(value[0]) || value[1] == 0x3A && value[0].isLetter
    guard floor < 0 || isFull, value.first(32) == nil else { return false }
    for index in 0..<value.count
    where index == 0 || isSlash(value[index]) && !isSlash(value[index + 1]) {
      if names(value, absolute, at: index) || floor < 0 && names(value, relative, at: index) {
        return true
      }
    }
    return false
  }

  /// The lowest folder on the way, 0 the one it begins in.
  private static func lowest(of text: Octets) -> Int {
    var (depth, lowest, start) = (0, 0, 0)
    while start < text.count {
      var end = start
      while end < text.count, !isSlash(text[end]) { end += 1 }
      switch step(text, start, end) {
      case .up: depth -= 1
      case .down: depth += 1
      case .stay: break
      }
      lowest = min(lowest, depth)
      start = end + 1
    }
    return lowest
  }

  private enum Step { case up, down, stay }

  /// `..`, also before `;` (RFC 3986 section 3.3 parameters, which some servers cut off) or NUL, and
  /// `....//`, which is `../` to who removes that once.
  private static func step(_ text: Octets, _ start: Int, _ end: Int) -> Step {
    let length = end - start
    guard text[start] == 0x2E else { return length == 0 ? .stay : .down }
    if length == 1 { return .stay }
    guard text[start + 1] == 0x2E else { return .down }
    if length == 2 || text[start + 2] == 0x3B || text[start + 2] == 0 { return .up }
    let isTwice = length == 4 && text[start + 2] == 0x2E && text[start + 3] == 0x2E
    return isTwice && isSlash(text[end]) && isSlash(text[end + 1]) ? .up : .down
  }

  private static func isSlash(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x5C }

  /// Wrappers of PHP (php.net, "Supported Protocols and Wrappers"), and files by address.
  private static func isWrapped(_ value: Octets) -> Bool {
    guard let colon = value.prefix(16).first(0x3A) else { return false }
    if value.matches("data:text/plain") { return true }
    guard isSlash(value[colon + 1]), isSlash(value[colon + 2]) else { return false }
    return wrappers.contains { $0.utf8CodeUnitCount == colon && value.matches($0) }
  }

  private static let wrappers: [StaticString] = [
    "php", "file", "data", "expect", "phar", "zip", "glob", "compress.zlib", "compress.bzip2",
    "zlib", "ogg", "rar", "ssh2",
  ]

  /// Files of the system that are asked for by their full path.
  private static let absolute: [StaticString] = [
    "etc/passwd", "etc/shadow", "etc/group", "etc/hosts", "etc/issue", "proc/self/", "proc/version",
    "boot.ini", "windows/win.ini", "winnt/win.ini", "windows/system.ini", "windows/system32/",
    "winnt/system32/",
  ]

  /// Files that are none of a visitor's business, beside or above what he may see.
  private static let relative: [StaticString] = [
    "win.ini", "system.ini", "php.ini", "my.cnf", ".env", ".htaccess", ".htpasswd", "web.config",
    "web-inf/", "web.xml", ".ssh/", "id_rsa", ".git/", "access.log", "access_log", "error.log",
    "error_log", "auth.log",
  ]

  /// Whether one of `files` stands behind the slash at `index`, if there is one.
  private static func names(_ text: Octets, _ files: [StaticString], at index: Int) -> Bool {
    var start = index
    while isSlash(text[start]) { start += 1 }
    return files.contains { matches(text, $0, at: start) }
  }

  private static func matches(_ text: Octets, _ file: StaticString, at start: Int) -> Bool {
    for index in 0..<file.utf8CodeUnitCount {
      let byte = text[start + index]
      guard (isSlash(byte) ? 0x2F : byte.lowercased) == file.utf8Start[index] else { return false }
    }
    return true
  }
}
