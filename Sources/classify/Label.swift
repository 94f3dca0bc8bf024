import ArgumentParser
import Glibc
import Spool
import Stage
import Tables
import Time

/// `classify label SEGMENT ROW TYPE`: a person says what a row really was.
struct Label: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a row really was; train learns from it.",
    usage: """
      classify label <segment> <row> <type> [--why <text>] [--by <name>] [--spool <dir>]
      classify label <segment> <row> --remove [--by <name>] [--spool <dir>]
      classify label --list [<segment>] [--spool <dir>]
      """,
    discussion: """
      Looks for the segment among those that report has filed and keeps, or is yet to file, and copies \
      the whole row to archive/corrections/<segment>.csv, where it stays when the segment is gone. A \
      later word about a row takes the place of the earlier one. Exit 66: no such segment or row.
      """)

  @Argument(help: "The segment's name, as in reports.")
  var segment: String?

  @Argument(help: "The row's number in it.")
  var row: Int?

  @Argument(help: ArgumentHelp("What it was: BENIGN, SYN_FLOOD, ...", valueName: "type"))
  var type: String?

  @Flag(help: "Take back what was said of the row.")
  var remove = false

  @Flag(help: "Print what was said, of all segments or one.")
  var list = false

  @Option(help: ArgumentHelp("Why; kept with the row.", valueName: "text"))
  var why = "-"

  @Option(help: ArgumentHelp("Who says so (default: who runs this).", valueName: "name"))
  var by: String?

  @Option(help: ArgumentHelp("The spool's root folder.", valueName: "dir"))
  var spool = "spool"

  func validate() throws {
    if list {
      guard row == nil, type == nil, !remove else {
        throw ValidationError("--list takes a segment, or nothing")
      }
    } else {
      guard segment != nil, let row, row > 0, (type != nil) != remove else {
        throw ValidationError("a segment, a row from 1, and a type or --remove are needed")
      }
    }
    _ = try segment.map(Self.name)
    _ = try type.map(Self.attack)
  }

  func run() throws {
    try reportingFailures("classify") {
      guard access(spool, F_OK) == 0 else {
        throw Failure(.noInput, "unable to open \(spool): \(String(cString: strerror(errno)))")
      }
      let desk = LabelDesk(spool: try SpoolDirectory(spool))
      let name = try segment.map(Self.name)
      guard !list, let name, let row else { return try desk.list(name) }
      let word = LabelDesk.Word(
        label: try type.map(Self.attack), by: (by ?? Self.person()).onOneLine,
        why: why.onOneLine, time: wallClock())
      print(try desk.say(word, of: row, in: name))
    }
  }

  /// Only a segment's own name will do: it becomes a file's.
  private static func name(_ text: String) throws -> SegmentName {
    let base = text.hasSuffix(".csv") ? String(text.dropLast(4)) : text
    guard let name = SegmentName(base), name.description == base else {
      throw ValidationError("'\(text)' is no segment's name")
    }
    return name
  }

  private static func attack(_ text: String) throws -> Attack {
    let known = Attack.allCases.filter { $0 != .unknown }
    guard let attack = known.first(where: { $0.rawValue == text.uppercased() }) else {
      let names = known.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("'\(text)' is none of \(names)")
    }
    return attack
  }

  /// The name behind sudo(8), or the user's own.
  private static func person() -> String {
    if let name = getenv("SUDO_USER") { return String(cString: name) }
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name
    else { return "uid \(getuid())" }
    return String(cString: name)
  }
}

extension String {
  /// What a terminal or a log can take: no control characters, 300 characters at most.
  var onOneLine: String {
    String(
      unicodeScalars.prefix(300).map { scalar in
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : Character(scalar)
      })
  }
}
