/// What a person said of a row, as a notice of the kind `correction` carries it: its subject is
/// `SEGMENT ROW LABEL`, the label `-` where an earlier word was taken back.
public struct Correction: Equatable, Sendable {
  /// The kind of such a notice.
  public static let kind = "correction"

  /// The segment's name, without extension.
  public let segment: String
  /// The row's number in it, from 1.
  public let row: Int
  /// An attack's name, or `-`.
  public let label: String

  /// A correction; nil for none: `label` was taken back.
  public init(segment: String, row: Int, label: Attack?) {
    self.segment = segment
    self.row = row
    self.label = label?.rawValue ?? "-"
  }

  /// Reads a notice's subject; nil if it is none of these.
  public init?(subject: String) {
    let words = subject.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, let row = Int(words[1]), row > 0 else { return nil }
    let label = Attack(rawValue: String(words[2]))
    guard label != nil || words[2] == "-" else { return nil }
    self.init(segment: String(words[0]), row: row, label: label)
  }

  /// The notice's subject.
  public var subject: String { "\(segment) \(row) \(label)" }
}
