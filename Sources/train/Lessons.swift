import Foundation
import Models
import Tables
import Training

/// Reads, cleans, learns, measures, writes.
struct Lessons {
  let options: TrainModel
  private var card = ModelCard()

  init(options: TrainModel) { self.options = options }

  mutating func run() throws {
    var reading = try options.data.read { PublicName.attack($0)?.rawValue }
    try feedback(&reading.samples)
    var samples = reading.samples
    reading.samples = Samples(columns: [])
    samples.arrange()
    card.repairs = reading.repairs
    card.sources = samples.census()
    let (split, reference) = try clean(&samples)
    let lesson = try learn(samples, split)
    try finish(samples, split, lesson, reference, reading)
  }

  private mutating func feedback(_ samples: inout Samples) throws {
    if let folder = options.corrections {
      card.corrections = try Feedback.corrections(
        folder, weight: Float(options.correctionWeight), into: &samples)
      card.correctionWeight = options.correctionWeight
      say("train: \(card.corrections) rows corrected by people, weight \(options.correctionWeight)")
    }
    if let folder = options.archive {
      card.selfTrained = try Feedback.archive(folder, into: &samples)
      say("train: \(card.selfTrained) archived rows that both judges agreed upon")
    }
  }

  /// Every fifth group, or the last of two to four; none of one. Corrections are always learned from.
  static func everyFifth(_ groups: [String]) -> Set<String> {
    let groups = groups.filter { Samples.source($0) != "corrections" }
    guard groups.count > 1 else { return [] }
    guard groups.count > 4 else { return Set(groups.suffix(1)) }
    return Set(groups.enumerated().filter { $0.offset % 5 == 4 }.map(\.element))
  }

  private mutating func clean(_ samples: inout Samples) throws -> (Split, Reference) {
    let (all, reference) = (samples.columns, samples.reference())
    card.cleaning.rows = samples.count
    card.cleaning.duplicates = samples.collapse()
    let held =
      options.holdout.isEmpty ? Self.everyFifth(samples.groups) : Set(options.holdout)
    if let unknown = held.first(where: { !samples.groups.contains($0) }) {
      throw Refusal(words: "no group is called '\(unknown)'")
    }
    var split = samples.split(holding: held)
    let before = samples.counts(split.learn)
    guard before.count(where: { $0 > 0 }) > 1 else {
      throw Refusal(words: "rows of one class only")
    }
    split.learn = samples.thinned(
      split.learn, to: options.learning.maxRowsPerClass, seed: options.data.seed)
    card.cleaning.note(
      before: before, after: samples.counts(split.learn), samples.classes)
    samples.dropIdleColumns(by: split.learn, &card.cleaning)
    card.division = samples.division(split, held: held)
    say(
      "train: \(card.cleaning.rows) rows, \(card.cleaning.duplicates) repeated; "
        + "\(split.learn.count) learned, \(split.test.count) held out; "
        + "\(samples.width) columns, \(card.cleaning.constant.count) constant and "
        + "\(card.cleaning.repeated.count) repeated ones dropped")
    let places = samples.columns.compactMap { all.firstIndex(of: $0) }
    return (split, Reference(columns: places.map { reference.columns[$0] }))
  }

  private func learn(_ samples: Samples, _ split: Split) throws -> Lesson {
    var course = Course(plan: try options.learning.plan(seed: options.data.seed))
    course.folds = options.folds
    course.candidates = options.search
    course.searchRows = options.searchRows
    course.falsePositiveRate = options.falsePositiveRate
    let progress = Progress()
    return try course.run(samples, split) { progress.tell($0) }
  }

  private mutating func finish(
    _ samples: Samples, _ split: Split, _ lesson: Lesson, _ reference: Reference, _ reading: Reading
  ) throws {
    let classes = samples.classes.compactMap { Attack(rawValue: $0) }
    guard classes.count == samples.classes.count else {
      throw Refusal(words: "a class is no attack that Ward knows")
    }
    describe(samples, lesson)
    let judge = try lesson.model(
      classes: classes, columns: samples.columns, reference: reference, summary: [])
    if !split.test.isEmpty { card.heldOut = samples.judged(by: judge, rows: split.test) }
    let model = try lesson.model(
      classes: classes, columns: samples.columns, reference: reference, summary: card.summary)
    let bytes = model.serialized()
    card.bytes = bytes.count
    try write(Data(bytes), to: options.output)
    if let held = card.heldOut { print(held.scores.text) }
    print("\(options.output): \(bytes.count) bytes")
    guard let path = options.card else { return }
    card.importance = try lesson.vote.importance(samples, rows: split.learn)
    if options.compare { card.protocols = try protocols(samples, lesson, reading) }
    try write(try card.json(), to: path + ".json")
    try write(Data(CardPage(card).html.utf8), to: path + ".html")
  }

  private mutating func describe(_ samples: Samples, _ lesson: Lesson) {
    card.data = options.oldWords ?? options.words
    card.date = options.date
    card.seed = options.data.seed
    card.families = lesson.plan.families
    card.options = lesson.plan.options
    card.search = lesson.candidates
    card.classes = samples.classes
    card.columns = samples.columns.map(\.rawValue)
    card.falsePositiveRate = options.falsePositiveRate
    guard let check = lesson.check else { return }
    card.folds = check.folds
    card.crossValidation = check.result
    for (name, bar) in zip(samples.classes, check.sure) { card.sure[name] = Double(bar) }
  }

  private func protocols(
    _ samples: Samples, _ lesson: Lesson, _ reading: Reading
  ) throws -> [ProtocolResult] {
    let comparison = Comparison(
      samples, lesson.plan, isTable: reading.isTable, hostDays: reading.hostDays, folds: 10)
    return try Protocol.allCases.compactMap { name in
      let result = try comparison.run(name)
      if let result { say("train: \(name.rawValue): macro F1 \(fixed(result.macroF1, 4))") }
      return result
    }
  }
}
