/// Drawings for the card, as SVG in the page.
enum Plots {
  private static let size = 300.0
  private static let left = 46.0
  private static let top = 10.0

  /// Share right over confidence, after calibration and before it; the diagonal is a model that keeps its
  /// word. Points grow with the rows behind them.
  static func reliability(_ after: Reliability, before: Reliability) -> String {
    var body = frame()
    body += line([(0, 0), (1, 1)], "#9aa5b1", dash: "4 4")
    body += curve(before, "#c77d2a") + curve(after, "#2166ac")
    let legend = [("#2166ac", "calibrated"), ("#c77d2a", "before calibration")]
    for (place, (color, words)) in legend.enumerated() {
      let y = top + 18 + Double(place) * 18
      body += "<circle cx=\"\(n(left + 16))\" cy=\"\(n(y - 4))\" r=\"4\" fill=\"\(color)\"/>"
      body += label(left + 26, y, words, anchor: "start")
    }
    return svg(left + size + 16, top + size + 40, "Reliability diagram", body)
  }

  private static func curve(_ reliability: Reliability, _ color: String) -> String {
    let bins = reliability.bins.filter { $0.rows > 0 }
    let most = Double(bins.map(\.rows).max() ?? 1)
    let points = bins.map { ($0.confidence, $0.right) }
    let dots = bins.map { bin in
      let radius = 2 + 5 * (Double(bin.rows) / most).squareRoot()
      return "<circle cx=\"\(n(x(bin.confidence)))\" cy=\"\(n(y(bin.right)))\" r=\"\(n(radius))\" "
        + "fill=\"\(color)\" fill-opacity=\".75\"><title>\(bin.rows) rows</title></circle>"
    }
    return line(points, color) + dots.joined()
  }

  /// Bars of gain with the mean contribution behind each.
  static func importance(_ columns: [Importance]) -> String {
    let (step, start, wide) = (19.0, 190.0, 380.0)
    let most = max(columns.map(\.gain).max() ?? 1, 1e-12)
    var body = ""
    for (place, column) in columns.enumerated() {
      let y = 4 + Double(place) * step
      body += label(start - 6, y + 12, column.column, anchor: "end")
      body +=
        "<rect x=\"\(n(start))\" y=\"\(n(y))\" width=\"\(n(wide * column.gain / most))\" "
        + "height=\"14\" fill=\"#2166ac\"/>"
      let words = "\(fixed(column.gain * 100, 1)) %, \(fixed(column.contribution, 3))"
      body += label(start + wide * column.gain / most + 6, y + 12, words, anchor: "start")
    }
    return svg(start + wide + 120, 8 + step * Double(columns.count), "Importance", body)
  }

  private static func frame() -> String {
    var body =
      "<rect x=\"\(n(left))\" y=\"\(n(top))\" width=\"\(n(size))\" height=\"\(n(size))\" "
      + "fill=\"none\" stroke=\"#9aa5b1\"/>"
    for tick in 0...5 {
      let value = Double(tick) / 5
      body += label(x(value), top + size + 16, fixed(value, 1), anchor: "middle")
      body += label(left - 6, y(value) + 4, fixed(value, 1), anchor: "end")
    }
    body += label(left + size / 2, top + size + 34, "confidence", anchor: "middle")
    body +=
      "<text transform=\"translate(12 \(n(top + size / 2))) rotate(-90)\" "
      + "text-anchor=\"middle\">share right</text>"
    return body
  }

  private static func x(_ value: Double) -> Double { left + value * size }
  private static func y(_ value: Double) -> Double { top + (1 - value) * size }
  private static func n(_ value: Double) -> String { fixed(value, 1) }

  private static func line(
    _ points: [(Double, Double)], _ color: String, dash: String = "none"
  ) -> String {
    let path = points.map { "\(n(x($0.0))),\(n(y($0.1)))" }.joined(separator: " ")
    return "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.5\" "
      + "stroke-dasharray=\"\(dash)\"/>"
  }

  private static func label(
    _ x: Double, _ y: Double, _ words: String, anchor: String
  ) -> String {
    "<text x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor)\">\(HTML.text(words))</text>"
  }

  private static func svg(
    _ width: Double, _ height: Double, _ title: String, _ body: String
  ) -> String {
    "<svg role=\"img\" width=\"\(n(width))\" height=\"\(n(height))\" "
      + "viewBox=\"0 0 \(n(width)) \(n(height))\" font-family=\"system-ui, sans-serif\" "
      + "font-size=\"12\" fill=\"#1c2430\"><title>\(title)</title>\(body)</svg>"
  }
}
