import ArgumentParser
import Firewall
import Logging
import Stage

/// What `--backend` takes.
enum BackendChoice: String, CaseIterable, ExpressibleByArgument {
  /// nftables if it can be used, else simulate.
  case auto
  case nftables
  case simulate

  /// Opens the backend.
  ///
  /// - Parameter show: is handed every transaction's text when it is only simulated.
  /// - Throws: `Failure` (notPermitted) if nftables was asked for and cannot be used.
  func open(_ logger: Logger, show: @escaping (String) -> Void) throws -> any Backend {
    guard self != .simulate else { return SimulateBackend(show: show) }
    do throws(FirewallError) {
      guard Capability.netAdmin.isHeld else {
        throw FirewallError("unable to use nftables: no CAP_NET_ADMIN")
      }
      return try NftablesBackend(context: NftablesContext())
    } catch {
      guard self == .auto else { throw Failure(.notPermitted, error.description) }
      logger.warning("blocks are only simulated", metadata: ["cause": "\(error)"])
      return SimulateBackend(show: show)
    }
  }
}
