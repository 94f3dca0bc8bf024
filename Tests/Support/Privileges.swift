import Glibc

/// What this process may do.
public enum Privileges {
  /// Whether it is root and may do what tests need root for: in most containers root may not.
  public static let areAll: Bool = {
    // CHOWN, SETGID, SETUID, SETPCAP, NET_ADMIN, NET_RAW, SYS_CHROOT, SYS_ADMIN
    let needed = [0, 6, 7, 8, 12, 13, 18, 21].reduce(UInt64(0)) { $0 | 1 << $1 }
    return geteuid() == 0 && effective & needed == needed
  }()

  /// CapEff of /proc/self/status.
  private static var effective: UInt64 {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, 512, file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix("CapEff:") else { continue }
      return UInt64(text.dropFirst("CapEff:".count).filter(\.isHexDigit), radix: 16) ?? 0
    }
    return 0
  }
}
