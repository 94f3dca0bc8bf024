import CLinux
import Glibc

/// The one privilege a stage may keep.
public enum Capability: Sendable {
  /// None.
  case none
  /// CAP_NET_ADMIN: firewall rules.
  case netAdmin
  /// CAP_NET_RAW: packet sockets.
  case netRaw

  fileprivate var number: CInt {
    switch self {
    case .none: CInt(WARD_CAP_NONE)
    case .netAdmin: CInt(WARD_CAP_NET_ADMIN)
    case .netRaw: CInt(WARD_CAP_NET_RAW)
    }
  }

  /// Whether the process holds it now.
  public var isHeld: Bool { self == .none || ward_has_capability(number) != 0 }
}

/// Gives up, for good, every privilege but `kept`, and becomes `user` if one is named and the
/// process is root. To be called when everything is open and before the first byte from outside.
///
/// - Throws: ``Failure`` if there is no such user (usage) or the kernel refuses (notPermitted).
public func dropPrivileges(to user: String?, keeping kept: Capability = .none) throws {
  var identity = (uid: uid_t.max, gid: gid_t.max)
  if let user {
    guard let entry = getpwnam(user) else {
      throw Failure(.usage, "unable to become \(user): no such user")
    }
    identity = (entry.pointee.pw_uid, entry.pointee.pw_gid)
  }
  guard ward_drop_privileges(identity.uid, identity.gid, kept.number) == 0 else {
    throw Failure(.notPermitted, "unable to drop privileges: \(String(cString: strerror(errno)))")
  }
}
