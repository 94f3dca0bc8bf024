import Models
import Tables
import Testing
import Training

struct LessonTests {
  @Test(arguments: [[Family.boosted], [.forest], [.perceptron], [.boosted, .forest, .perceptron]])
  func `the same seed and rows make the same bytes, another seed others`(
    families: [Family]
  ) throws {
    let (first, _, _) = try Fixture.model(families)
    let (again, _, _) = try Fixture.model(families)
    let (other, _, _) = try Fixture.model(families, seed: 2)
    #expect(first.serialized() == again.serialized())
    #expect(first.serialized() != other.serialized())
    #expect(first.members.count == families.count)
  }

  @Test(arguments: [[Family.boosted], [.forest], [.perceptron], [.boosted, .forest]])
  func `the model says what the learner said`(families: [Family]) throws {
    let (model, lesson, samples) = try Fixture.model(families)
    let rows = samples.gather(Array(0..<200))
    let learned = try lesson.vote.predict(rows)
    let read = model.uncalibrated(rows)
    #expect(learned.count == 600)
    for (one, other) in zip(learned, read) { #expect(abs(one - other) < 1e-5) }
    var calibrated = learned
    for row in 0..<200 { lesson.calibrator.apply(&calibrated, row: row) }
    for (one, other) in zip(calibrated, model.predict(rows)) { #expect(abs(one - other) < 1e-4) }
  }

  @Test func `nothing of the held-out captures is learned`() throws {
    let (model, _, samples) = try Fixture.model([.boosted])
    // The same lesson with other rows in the capture that is held out.
    var changed = samples
    changed.keep { samples.group($0) != "room/0" }
    for row in 0..<50 {
      changed.append(
        [Float(row), 1, 1, 1, 1], label: ["BENIGN", "PORT_SCAN"][row % 2], group: "room/0")
    }
    changed.arrange()
    var options = Hyperparameters()
    (options.rounds, options.depth, options.trees, options.epochs) = (12, 3, 5, 4)
    var course = Course(plan: Plan(options: options, seed: 1))
    course.folds = 3
    let lesson = try course.run(changed, changed.split(holding: ["room/0"])) { _ in }
    let other = try lesson.model(
      classes: model.classes, columns: changed.columns, reference: model.reference, summary: [])
    #expect(other.members == model.members)
    #expect(other.sure == model.sure)
  }

  @Test func `calibration brings confidence nearer to what it keeps`() throws {
    let (model, lesson, samples) = try Fixture.model([.forest])
    let check = try #require(lesson.check)
    #expect(check.after.error <= check.before.error)
    let held = samples.split(holding: ["room/0"]).test
    let result = samples.judged(by: model, rows: held)
    #expect(result.reliability.error < 0.1)
    #expect(result.macroF1 > 0.8)
    #expect(check.scores.confusion.joined().reduce(0, +) == samples.count - held.count)
  }

  @Test func `a search tries the given options first, and repeats itself`() throws {
    let samples = Fixture.samples(rows: 20)
    var options = Hyperparameters()
    options.rounds = 5
    let plan = Plan(options: options, seed: 4)
    let splits = samples.folds(Array(0..<samples.count), count: 3, seed: 4)
    let first = try Search(samples, splits, plan, count: 4) { _ in }
    let again = try Search(samples, splits, plan, count: 4) { _ in }
    #expect(first.candidates == again.candidates)
    #expect(first.candidates.first?.options == options)
    #expect(Set(first.candidates.map(\.options.words)).count > 1)
    #expect(first.best?.macroF1 == first.candidates.map(\.macroF1).max())
  }

  @Test func `protocols judge every row they should, and say so`() throws {
    let samples = Fixture.samples(rows: 30)
    var options = Hyperparameters()
    options.rounds = 5
    let comparison = Comparison(
      samples, Plan(options: options, seed: 1), isTable: false, hostDays: ["room/0": 2], folds: 3)
    let judged = try Protocol.allCases.map { try comparison.run($0)?.judged }
    let all = samples.count
    let expected: [Int?] = [all / 5, all * 3 / 10, nil, all, all, all]
    #expect(judged == expected)
    let capture = try #require(try comparison.run(.capture))
    #expect(capture.falseAlertsPerHostDay == Double(capture.falseAlerts) / 2)
    #expect(Set(capture.f1.keys) == Set(samples.classes))
  }
}
