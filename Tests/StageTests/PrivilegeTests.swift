import Glibc
import Spool
import Stage
import Testing
import TestSupport

@Suite(.enabled(if: Privileges.areAll, "needs root with all capabilities"))
struct PrivilegeTests {
  @Test(arguments: [nil, "nobody"])
  func `all privileges fall, for good`(user: String?) async {
    await #expect(processExitsWith: .success) { [user] in
      #expect(probe(user, .none) == 0)
    }
  }

  @Test(arguments: [nil, "nobody"])
  func `the one that is kept is the only one left`(user: String?) async {
    await #expect(processExitsWith: .success) { [user] in
      #expect(probe(user, .netRaw) == 0)
      #expect(probe(user, .netAdmin) == 0)
    }
  }

  @Test func `an unknown user is a wrong option`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      #expect(bench.start("--once", "--user", "no such user").wait() == 64)
      #expect(bench.log.hasSuffix("unable to become no such user: no such user\n"))
    }
  }

  @Test func `what root makes in another user's spool is that user's`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      let nobody = try #require(getpwnam("nobody")).pointee
      chown("\(bench.path)/spool", nobody.pw_uid, nobody.pw_gid)
      chmod(bench.path, 0o755)
      try bench.feed("one")
      chown(
        "\(bench.path)/spool/malicious/new/\(segment(1).fileName(in: .malicious))",
        nobody.pw_uid, nobody.pw_gid)
      #expect(bench.start("--once", "--user", "nobody").wait() == 0)
      #expect(bench.names("mitigated/new").count == 1)
      var owner = stat()
      for name in ["mitigated/tmp", "malicious/lock", "quarantine/malicious"] {
        #expect(stat("\(bench.path)/spool/\(name)", &owner) == 0)
        #expect(owner.st_uid == nobody.pw_uid)
      }
    }
  }
}

/// Drops privileges in a child and tries what must not work any more: 0, or which attempt did.
private func probe(_ user: String?, _ kept: Capability) -> CInt {
  let number: CInt? =
    switch kept {
    case .none: nil
    case .netAdmin: 12
    case .netRaw: 13
    }
  let expected = String(number.map { UInt64(1) << UInt64($0) } ?? 0, radix: 16)
  return Fork {
    try dropPrivileges(to: user, keeping: kept)
    guard kept.isHeld else { _exit(2) }
    for (field, value) in [
      ("CapEff", expected), ("CapPrm", expected), ("CapBnd", expected), ("CapInh", "0"),
      ("CapAmb", "0"), ("NoNewPrivs", "1"),
    ] where status(field) != value { _exit(3) }
    if user != nil {
      guard getuid() != 0, geteuid() != 0, getegid() != 0, getgroups(0, nil) == 0 else { _exit(4) }
      if setuid(0) == 0 || seteuid(0) == 0 || setgid(0) == 0 { _exit(5) }
      if open("/etc/shadow", O_RDONLY) >= 0 { _exit(6) }
    }
    if chroot("/") == 0 { _exit(7) }
    let raw = socket(AF_INET, Int32(SOCK_RAW.rawValue), Int32(IPPROTO_ICMP))
    guard (raw >= 0) == (number == 13) else { _exit(8) }
  }.wait()
}

/// A field of /proc/self/status, leading zeros left out.
private func status(_ field: String) -> String? {
  guard let file = fopen("/proc/thread-self/status", "r") else { return nil }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 512)
  while fgets(&line, 512, file) != nil {
    let text = String(
      decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard text.hasPrefix("\(field):") else { continue }
    let value = text.dropFirst(field.count + 1).filter { !$0.isWhitespace }.drop { $0 == "0" }
    return value.isEmpty ? "0" : String(value)
  }
  return nil
}
