/// Amounts by name as horizontal bars.
public enum BarChart {
  /// One bar.
  public struct Bar: Sendable {
    /// What it is the amount of.
    public var name: String
    /// The amount, ≥ 0.
    public var value: Int
    /// What is written at its end.
    public var note: String

    /// Makes a bar.
    public init(_ name: String, _ value: Int, note: String) {
      self.name = name
      self.value = value
      self.note = note
    }
  }

  /// The chart; bars in the order given, from the top.
  public static func svg(_ bars: [Bar], title: String) -> String {
    let step = 19.0
    let top = 22.0
    let names = bars.map { min(Display.text($0.name, limit: 40).count, 40) }.max() ?? 0
    let left = min(max(Double(names) * 5.2 + 10, 70), 220)
    let plotWidth = 596 - left - 120
    let height = top + Double(max(bars.count, 1)) * step + 22
    var svg = SVG(width: 596, height: height, title: title)
    svg.label(title, 6, 12, size: 9.5, bold: true)
    let ticks = Ticks(upTo: Double(bars.map(\.value).max() ?? 0), wanted: 5)
    let bottom = top + Double(bars.count) * step
    for value in ticks.values {
      let x = left + plotWidth * value / ticks.top
      svg.line(x, top, x, bottom, stroke: Ink.grid)
      svg.label(Display.short(value), x, bottom + 12, anchor: .middle, fill: Ink.faint)
    }
    for (index, bar) in bars.enumerated() {
      let y = top + Double(index) * step
      let width = max(plotWidth * Double(bar.value) / ticks.top, bar.value > 0 ? 1 : 0)
      svg.label(Display.text(bar.name, limit: 40), left - 6, y + 13, anchor: .end)
      svg.rectangle(left, y + 3.5, width, step - 7, fill: Ink.attack)
      svg.label(bar.note, left + width + 5, y + 13, fill: Ink.faint)
    }
    svg.line(left, top, left, bottom, stroke: Ink.text, width: 0.8)
    return svg.text
  }
}
