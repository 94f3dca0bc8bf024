public import Ledger
import Tables
import Time

/// A line of the warnings log:
///
///     2025-05-06T01:09:00.123456Z SYN_FLOOD 0.97 192.0.2.66:4242 -> 10.0.0.5:1883 tcp
///     judge=detector action=blocked until=2025-05-06T01:19:00.000000Z count=1 reason="..."
///
/// on one line. The reason is a detector's, or the model's where it decided alone.
/// `count` is how many rows or flows like it there were so far (``WarningLimiter``).
public enum WarningLine {
  /// The line for `row`, with its line end.
  public static func text(_ row: EvidenceRow, count: Int) -> String {
    let identity = row.identity
    let source = Display.endpoint("\(identity.source)", Int(identity.sourcePort))
    let target = Display.endpoint("\(identity.destination)", Int(identity.destinationPort))
    let until = row.expires.map { " until=\($0.formatted())" } ?? ""
    let simulated = row.backend == "simulate" ? " simulated" : ""
    let confidence = Display.hundredths(row.confidence)
    return "\(identity.last.formatted()) \(row.attack.rawValue) \(confidence)"
      + " \(source) -> \(target) \(Display.ipProtocol(identity.ipProtocol))"
      + " judge=\(word(row.judge)) action=\(word(row.action))\(until)\(simulated) count=\(count)"
      + " reason=\"\(quoted(Wording.reason(row)))\"\n"
  }

  /// One word: what comes from outside cannot add a field.
  private static func word(_ text: String) -> String {
    String(Display.text(text, limit: 40).map { $0 == " " || $0 == "=" ? "_" : $0 })
  }

  private static func quoted(_ text: String) -> String {
    var quoted = ""
    for character in Display.text(text) {
      if character == "\"" || character == "\\" { quoted.append("\\") }
      quoted.append(character)
    }
    return quoted
  }
}
