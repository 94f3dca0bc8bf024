import ArgumentParser
import Foundation
import Glibc
import Models
import Tables

/// Ward's walk through trees beside XGBoost's own, on the same rows, in one run, on one thread.
@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench-models",
    abstract: "Measure how fast a model is asked and explained, beside XGBoost.",
    discussion: """
      Trains trees on made-up rows of all model inputs, asks Ward and XGBoost about other rows and \
      prints the shortest of several turns; lines of name, seconds of CPU time, rows a second, \
      ratio to XGBoost in place. Exit 1 if the answers differ by more than 1e-6.
      """)

  @Option(help: "Rows asked about.") var rows = 10_000
  @Option(help: "Rows learned from.") var learned = 20_000
  @Option(help: "Trees, of all classes together.") var trees = 250
  @Option(help: "Depth of trees.") var depth = 6
  @Option(help: "Classes.") var classes = 10
  @Option(help: "Turns; the shortest counts.") var turns = 7
  @Option(help: "Rows to explain; 0: none.") var explained = 500
  @Flag(help: "A random forest instead of boosting.") var forest = false
  @Option(
    help: ArgumentHelp(
      """
      Leave the rows (rows.f32: 32-bit floats, little-endian, row after row; rows.txt: rows, \
      columns, classes), what XGBoost said (said.f32), its trees (xgboost.json) and Ward's \
      (ward.model) in a folder.
      """, valueName: "folder"))
  var dump: String?

  func validate() throws {
    guard rows > 0, learned > 0, trees > 0, turns > 0, explained >= 0, (1...32).contains(depth),
      (2...Attack.allCases.count).contains(classes)
    else { throw ValidationError("out of range") }
  }

  func run() throws {
    let columns = Measure.modelInputs
    let width = columns.count
    let lessons = Rows(learned, width: width, classes: classes, seed: 1)
    let questions = Rows(rows, width: width, classes: classes, seed: 2).values
    let oracle = try Oracle(
      lessons.values, width: width, labels: lessons.labels, classes: classes, trees: trees,
      depth: depth, isForest: forest)
    let json = try oracle.json()
    let ensemble = try TreeEnsemble(xgboost: json, classes: classes, isForest: forest)
    let model = try Model(
      classes: Array(Attack.allCases.prefix(classes)), columns: columns,
      members: [Member(.trees(ensemble))])
    print(
      "\(rows) rows of \(width) columns, \(ensemble.trees.count) trees of depth \(depth), "
        + "\(ensemble.trees.reduce(0) { $0 + $1.count }) nodes, \(classes) classes, 1 thread")
    try compare(model, oracle, questions, json)
    explain(model, try Contributions(oracle, questions, width, min(explained, rows)))
  }

  private func compare(
    _ model: Model, _ oracle: borrowing Oracle, _ questions: [Float], _ json: Data
  ) throws {
    let width = model.columns.count
    var (ours, theirs): ([Float], [Float]) = ([], [])
    let ward = fastest { ours = model.predict(questions) }
    let place = try fastest { theirs = try oracle.predictInPlace(questions, width: width) }
    let matrix = try fastest { _ = try oracle.predict(questions, width: width) }
    line("ward", ward, rows, place)
    line("xgboost in place", place, rows, place)
    line("xgboost DMatrix", matrix, rows, place)
    let worst = zip(ours, theirs).reduce(0) { max($0, abs($1.0 - $1.1)) }
    print("largest difference \(worst)")
    if let dump { try leave(dump, model, questions, theirs, json) }
    guard worst <= 1e-6 else { throw ExitCode(1) }
  }

  /// XGBoost's own contributions and how long they took it.
  private struct Contributions {
    let rows: [Float]
    let theirs: [Float]
    let seconds: Double

    init(_ oracle: borrowing Oracle, _ questions: [Float], _ width: Int, _ count: Int) throws {
      rows = Array(questions.prefix(count * width))
      let start = Bench.now
      theirs = count == 0 ? [] : try oracle.predict(rows, width: width, type: 2)
      seconds = Bench.now - start
    }
  }

  private func explain(_ model: Model, _ oracle: Contributions) {
    let width = model.columns.count
    let count = oracle.rows.count / width
    guard count > 0 else { return }
    var worst = 0.0
    let start = Self.now
    for row in 0..<count {
      let values = Array(oracle.rows[(row * width)..<((row + 1) * width)])
      let index = row % classes
      let ours = model.contributions(values, to: index)
      let at = (row * classes + index) * (width + 1)
      for column in 0..<width {
        worst = max(worst, abs(ours[column] - Double(oracle.theirs[at + column])))
      }
    }
    line("ward explains one class", Self.now - start, count, nil)
    line("xgboost explains all classes", oracle.seconds, count, nil)
    print("largest difference \(worst)")
  }

  private func fastest(_ body: () throws -> Void) rethrows -> Double {
    var best = Double.infinity
    for _ in 0..<turns {
      let start = Self.now
      try body()
      best = min(best, Self.now - start)
    }
    return best
  }

  /// CPU time of the process, so that what else runs does not count.
  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private func line(_ name: String, _ seconds: Double, _ rows: Int, _ reference: Double?) {
    let ratio = reference.map { String(format: "%8.2f x", $0 / seconds) } ?? ""
    let padded = name.padding(toLength: 30, withPad: " ", startingAt: 0)
    let speed = String(format: "%10.5f s %12.0f rows/s", seconds, Double(rows) / seconds)
    print(padded + speed + ratio)
  }

  private func leave(
    _ folder: String, _ model: Model, _ questions: [Float], _ said: [Float], _ json: Data
  ) throws {
    let place = URL(fileURLWithPath: folder, isDirectory: true)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    func write(_ name: String, _ data: Data) throws {
      try data.write(to: place.appendingPathComponent(name))
    }
    try write("rows.f32", questions.withUnsafeBytes { Data($0) })
    try write("rows.txt", Data("\(rows) \(model.columns.count) \(classes)\n".utf8))
    try write("said.f32", said.withUnsafeBytes { Data($0) })
    try write("xgboost.json", json)
    try write("ward.model", Data(model.serialized()))
  }
}
