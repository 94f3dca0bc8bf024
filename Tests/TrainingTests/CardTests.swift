import Foundation
import Testing
import Training

struct CardTests {
  @Test func `what was not run is said to be not run`() throws {
    let html = CardPage(ModelCard()).html
    #expect(html.components(separatedBy: "Not run.").count == 6)
    #expect(!html.contains("Macro F1 <b>"))
  }

  @Test func `a card shows the figures of its JSON, and needs nothing from elsewhere`() throws {
    let (model, lesson, samples) = try Fixture.model([.boosted])
    var card = ModelCard()
    card.data = "made <up>"
    card.families = [.boosted]
    card.classes = samples.classes
    let check = try #require(lesson.check)
    card.crossValidation = check.result
    card.heldOut = samples.judged(by: model, rows: Array(0..<90))
    card.importance = try lesson.vote.importance(samples, rows: Array(0..<90))
    let html = CardPage(card).html
    #expect(html.contains("made &lt;up&gt;"))
    #expect(html.contains("Macro F1 <b>\(fixed(check.scores.macroF1, 4))</b>"))
    #expect(html.contains("<svg"))
    for word in ["<script", "http:", "https:", "@import", "url("] { #expect(!html.contains(word)) }
    let json = try #require(
      try JSONSerialization.jsonObject(with: card.json()) as? [String: Any])
    let held = try #require(json["heldOut"] as? [String: Any])
    let told = try #require(held["macroF1"] as? Double)
    #expect(abs(told - (card.heldOut?.macroF1 ?? 0)) < 1e-12)
    #expect(json["protocols"] == nil)
    #expect(abs(card.importance.reduce(0) { $0 + $1.gain } - 1) < 1e-9)
  }

  @Test(arguments: [(0.0, "0.00"), (1.005, "1.00"), (-0.126, "-0.13"), (12.999, "13.00")])
  func `numbers have their decimals`(value: Double, text: String) {
    #expect(fixed(value, 2) == text)
  }
}
