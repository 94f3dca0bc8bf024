import Firewall
import Logging
import Spool
import Stage
import Time

/// Where block lists lie: below `state/`, what is simulated apart from what is real.
struct BlockListFile {
  /// The backend whose list it is.
  let backend: String
  /// The file.
  let path: String

  /// The list of the backend `name`.
  init(_ spool: SpoolDirectory, backend name: String) throws {
    backend = name
    let simulated = name == "simulate"
    path = try spool.path("state", simulated ? "blocklist-simulated.csv" : "blocklist.csv")
  }

  /// The lists there can be, the real one first.
  static func all(_ spool: SpoolDirectory) throws -> [BlockListFile] {
    try ["nftables", "simulate"].map { try BlockListFile(spool, backend: $0) }
  }

  /// Reads the list as it stands.
  ///
  /// - Throws: `Failure` if the file cannot be read.
  func load(_ now: Timestamp, times: BlockTimes = BlockTimes()) throws -> BlockList {
    BlockList(replaying: try contents().entries, times: times, now)
  }

  /// Reads the journal.
  func contents() throws -> Journal.Contents {
    do {
      return try Journal.read(path: path)
    } catch {
      throw Failure(.io, error.description)
    }
  }

  /// Reads the list and opens its journal, compacted.
  func open(
    _ now: Timestamp, times: BlockTimes, _ logger: Logger
  ) throws -> (list: BlockList, journal: Journal) {
    let contents = try contents()
    for line in contents.dropped {
      logger.warning(
        "line of the block list dropped", metadata: ["file": "\(path)", "line": "\(line)"])
    }
    let list = BlockList(replaying: contents.entries, times: times, now)
    do {
      return (list, try Journal(path: path, entries: list.compacted(now)))
    } catch {
      throw Failure(.cannotCreate, error.description)
    }
  }
}
