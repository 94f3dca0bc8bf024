import ArgumentParser
import Foundation
import Time

/// Writes a capture of imitated hospital traffic, and what was done in it.
@main
struct Imitate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "imitate",
    abstract: "Make a capture of imitated hospital traffic with attacks, and its ground truth.",
    discussion: """
      The same options make the same bytes. Attacks run one after another; --list names them. The \
      truth's columns: start,end,src,dst,protocol,dst_port,label; * is any; the first line that \
      matches a flow, either way round, names it; none: BENIGN.
      """)

  @Option(help: "What chance grows from; 1, or the demonstration's own.") var seed: UInt64?
  @Option(help: "Minutes of traffic.") var minutes: Double = 5
  @Option(help: "Time of the beginning, UTC.") var start = "2026-01-01T00:00:00Z"
  @Option(help: "all or none.") var attacks: String?
  @Option(help: "One attack; may be repeated, in order.") var attack: [String] = []
  @Flag(help: "Leave the honest out.") var withoutBenign = false
  @Flag(help: "The fixed half minute of the demonstration.") var demo = false
  @Flag(help: "Print the names of the attacks and end.") var list = false
  @Option(help: "The capture, classic pcap.") var output: String?
  @Option(help: "The truth, CSV.") var truth: String?

  func run() throws {
    if list { return print(Act.attacks.map(\.name).joined(separator: "\n")) }
    guard let output else { throw ValidationError("--output is missing") }
    guard let start = Timestamp(start), start.microseconds >= 0 else {
      throw ValidationError("--start cannot be '\(self.start)'")
    }
    guard minutes > 0, minutes <= 1440 else { throw ValidationError("--minutes must be 0 to 1440") }
    let length = demo ? Demo.length : Int64(minutes * 60e6)
    let scene =
      demo
      ? Demo.scene(seed: seed ?? Demo.seed, start: start)
      : Production(
        seed: seed ?? 1, start: start, length: length, attacks: try chosen(), benign: !withoutBenign
      ).scene()
    let span = start.microseconds..<(start.microseconds + length)
    try write(scene.wire.pcap(span), to: output)
    if let truth { try write(scene.truth.csv(honest: scene.honest), to: truth) }
  }

  private func chosen() throws -> [Act] {
    guard attack.isEmpty else {
      return try attack.map { name in
        guard let act = Act.attacks.first(where: { $0.name == name }) else {
          throw ValidationError("no attack is called '\(name)'; see --list")
        }
        return act
      }
    }
    switch attacks ?? "all" {
    case "all": return Production.allAttacks(seed: seed ?? 1)
    case "none": return []
    default: throw ValidationError("--attacks must be all or none")
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    } catch {
      let words = "imitate: fatal: unable to write \(path): \(error.localizedDescription)\n"
      FileHandle.standardError.write(Data(words.utf8))
      throw ExitCode(73)
    }
  }
}
