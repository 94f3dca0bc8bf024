import Detectors
import Models
import Tables

/// Notes down why the model names an attack. That costs more than the naming, so in one segment only
/// so many rows are worked out; those beyond, which in a flood repeat the same shape, are given the
/// reasons of the last one worked out that was called the same, and say so.
struct Clerk {
  /// How many columns a reason names.
  static let columns = 5
  /// How many rows may still be worked out.
  private var left: Int
  private var last: [Attack: (row: Int, text: String)] = [:]

  /// - Parameter most: how many rows are worked out; beyond them one of each attack.
  init(most: Int) { left = most }

  /// `svc_half_open_1s 4812 +2.31; dst_completed_share_1s 0 +0.70`, or `as row 17: ...`
  ///
  /// - Parameters:
  ///   - opinion: what the model says of the row.
  ///   - row: the row's number in the segment.
  ///   - inputs: rows as the model sees them.
  ///   - index: which of those it is.
  mutating func reasons(
    _ opinion: ModelOpinion, _ row: Int, _ model: Model?, _ inputs: [Float], at index: Int
  ) -> String? {
    guard let model else { return nil }
    let attack = opinion.word.attack
    if left <= 0, let last = last[attack] { return "as row \(last.row): \(last.text)" }
    let width = model.columns.count
    let text = model.explain(
      Array(inputs[(index * width)..<((index + 1) * width)]), as: opinion.place,
      most: Self.columns
    ).map(Self.text).joined(separator: "; ")
    guard !text.isEmpty else { return nil }  // the model does not say
    left -= 1
    last[attack] = (row, text)
    return text
  }

  private static func text(_ contribution: Contribution) -> String {
    "\(contribution.column.rawValue) \(short(Double(contribution.value))) "
      + signed(Double(contribution.contribution))
  }

  /// A number in few characters, as detectors write theirs: whole from 100 up, else with at most two
  /// decimals.
  static func short(_ value: Double) -> String {
    guard value.isFinite, value >= 0 else { return "0" }
    guard value < 1e15 else { return "over 1e15" }
    guard value < 100, value != value.rounded() else { return String(Int(value.rounded())) }
    return hundredths(value)
  }

  private static func signed(_ value: Double) -> String {
    guard value.isFinite else { return "+0.00" }
    return (value < 0 ? "-" : "+") + hundredths(value.magnitude)
  }

  private static func hundredths(_ value: Double) -> String {
    let hundredths = Int((min(value, 1e12) * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
