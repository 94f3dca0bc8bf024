import Addresses
import Firewall
import Logging
import Spool
import Stage
import Time

/// Wires a responder to this host: configuration, whitelist, journal, backend.
struct Opening {
  let configuration: Configuration
  let whitelist: WhitelistFile
  let backend: BackendChoice
  let logger: Logger
  /// What a simulated transaction's text is handed to.
  var show: (String) -> Void = { _ in }

  /// What is never blocked, as of now.
  func rules() throws -> SpareRules {
    SpareRules(
      whitelist: try whitelist.load(),
      protected: ProtectedSet(Host.addresses(), configured: configuration.protected))
  }

  /// A responder that is in force; with a nil spool it remembers nothing and starts from nothing.
  ///
  /// - Throws: `Failure`.
  func responder(_ spool: SpoolDirectory?, _ now: Timestamp) throws -> Responder {
    let backend = try backend.open(logger, show: show)
    let opened = try spool.map {
      try BlockListFile($0, backend: backend.name).open(now, times: configuration.times, logger)
    }
    var responder = Responder(
      policy: configuration.policy, rules: try rules(),
      list: opened?.list ?? BlockList(times: configuration.times), brake: configuration.brake,
      backend: backend, journal: opened?.journal)
    do {
      tell(try responder.start(now), backend.name, responder)
    } catch {
      throw Failure(.unavailable, error.description)
    }
    return responder
  }

  private func tell(_ started: Responder.Started, _ name: String, _ responder: Responder) {
    for (block, rule) in started.lifted {
      logger.notice("lifted", metadata: ["address": "\(block.prefix)", "rule": "\(rule)"])
    }
    let found = started.reconciliation
    logger.info(
      "blocks in force",
      metadata: [
        "backend": "\(name)", "mode": "\(responder.policy.mode.rawValue)",
        "blocks": "\(responder.list.count)", "kept": "\(found.kept)",
        "added": "\(found.added.count)", "removed": "\(found.removed.count)",
      ])
    guard !found.removed.isEmpty || found.rebuilt else { return }
    logger.warning(
      "nftables table differed from the block list",
      metadata: [
        "rebuilt": "\(found.rebuilt)",
        "removed": "\(found.removed.prefix(20).map(\.description).joined(separator: ","))",
      ])
  }
}
