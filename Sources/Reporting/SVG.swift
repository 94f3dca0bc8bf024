/// A drawing in SVG 1.1, its text escaped and its numbers in a fixed form, so that the same data
/// gives the same bytes.
struct SVG {
  /// How text sits on its point.
  enum Anchor: String { case start, middle, end }

  private var body = ""
  private let width: Double
  private let height: Double
  private let title: String

  /// The font of all text; one that Typst carries itself.
  static let font = "Libertinus Serif"

  init(width: Double, height: Double, title: String) {
    self.width = width
    self.height = height
    self.title = title
  }

  /// The finished drawing.
  var text: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(Self.number(width))" \
    height="\(Self.number(height))" viewBox="0 0 \(Self.number(width)) \(Self.number(height))">
    <title>\(Self.escaped(title))</title>
    <defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" \
    patternTransform="rotate(45)"><rect width="5" height="5" fill="\(Ink.unknown)"/>\
    <rect width="2" height="5" fill="#ffffff"/></pattern></defs>
    \(body)</svg>

    """
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: String
  ) {
    body +=
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\""
      + " height=\"\(Self.number(height))\" fill=\"\(fill)\"/>\n"
  }

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, stroke: String, width: Double = 0.6
  ) {
    body +=
      "<line x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\""
      + " y2=\"\(Self.number(y2))\" stroke=\"\(stroke)\" stroke-width=\"\(Self.number(width))\"/>\n"
  }

  mutating func label(
    _ text: String, _ x: Double, _ y: Double, anchor: Anchor = .start, size: Double = 9,
    fill: String = Ink.text, bold: Bool = false
  ) {
    body +=
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-family=\"\(Self.font)\""
      + " font-size=\"\(Self.number(size))\" text-anchor=\"\(anchor.rawValue)\""
      + (bold ? " font-weight=\"bold\"" : "")
      + " fill=\"\(fill)\">\(Self.escaped(text))</text>\n"
  }

  /// At most two decimals.
  static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole)" }
    return rest % 10 == 0
      ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// XML 1.0: the five markup characters as entities, what XML forbids left out.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in Display.text(text, limit: 400).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

/// The colours: dark, middle and light also in grey, so that a black-and-white print reads.
enum Ink {
  static let text = "#1c2733"
  static let faint = "#5b6775"
  static let grid = "#d5dbe1"
  static let attack = "#9b1c31"
  static let unknown = "#6b7f93"
  static let benign = "#bccbd9"
}
