import Foundation
import Spool
import Testing
import Time
import TestSupport

/// All tests of programs, one after the other: they measure time and share two cores.
@Suite(.serialized) enum ProgramTests {}

/// Where the programs, the sources and the tools are.
enum House {
  /// The root of the source tree.
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// `$WARD_BIN`, else the folder that this bundle is in.
  static let programs: String =
    ProcessInfo.processInfo.environment["WARD_BIN"].map { URL(filePath: $0).path }
    ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path

  /// The five stages, in the order in which a packet meets them.
  static let stages = ["capture", "featurize", "classify", "mitigate", "report"]

  static func program(_ name: String) -> String { "\(programs)/\(name)" }
  static func script(_ name: String) -> String { "\(root)/scripts/\(name)" }

  static var isBuilt: Bool {
    (stages + ["imitate", "ward"]).allSatisfy {
      FileManager.default.isExecutableFile(atPath: program($0))
    }
  }

  static func has(_ tools: String...) -> Bool {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders = path.split(separator: ":").map(String.init)
    return tools.allSatisfy { tool in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
    }
  }

  static var isRoot: Bool { geteuid() == 0 }

  /// The words before a command that has it run without a right to anything: as nobody, or where he
  /// cannot reach the programs, as root without capabilities.
  static let unprivileged: [String] = {
    guard isRoot else { return [] }
    let nobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups"]
    let files = [program("capture"), script("demo")]
    let reaches = files.allSatisfy {
      (try? run(["setpriv"] + nobody + ["test", "-r", $0, "-a", "-x", $0]).status) == 0
    }
    return ["setpriv"] + (reaches ? nobody : []) + ["--inh-caps=-all", "--bounding-set=-all"]
  }()
}

/// A folder that goes away with the test.
final class Scratch {
  private let folder: TemporaryFolder
  var path: String { folder.path }

  init() throws { folder = try TemporaryFolder() }

  /// The spool's root.
  var spool: String { "\(path)/spool" }

  func put(_ file: String, _ text: String) -> String { folder.put(file, text) }
  func text(_ file: String) -> String { folder.text(file) ?? "" }

  /// The names in a folder of the spool, in order; none if there is no such folder.
  func names(_ below: String) -> [String] { folder.names("spool/\(below)") }

  /// The files of all queues in the folder of that state.
  func all(_ state: String) -> [String] {
    Queue.allCases.flatMap { queue in
      names("\(queue)/\(state)").map { "\(queue)/\(state)/\($0)" }
    }
  }

  /// The demonstration's capture.
  func demo() throws -> String {
    let file = "\(path)/demo.pcap"
    let made = try run(House.program("imitate"), "--demo", "--output", file)
    try #require(made.status == 0, "\(made.errors)")
    return file
  }

  /// Puts a file in a queue as its producer would.
  func publish(_ text: String, to queue: Queue, as name: SegmentName) throws {
    try publish(Array(text.utf8), to: queue, as: name)
  }

  func publish(_ bytes: [UInt8], to queue: Queue, as name: SegmentName) throws {
    let outbox = try Outbox(SpoolDirectory(spool), queue, producer: "test")
    try outbox.begin("\(name)")
    try bytes.withUnsafeBytes { try outbox.write($0) }
    try outbox.publish()
  }
}
