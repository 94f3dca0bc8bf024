public import Ledger
import Time

/// Packets over time: benign, unknown and attack as stacked bars.
public enum TimelineChart {
  /// The widths that a bucket may have, in seconds; none below the ledger's own ten.
  static let widths = [
    10, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400,
    172_800, 604_800, 2_592_000,
  ]

  /// The width of a bucket, in seconds, that makes at most `limit` of a span of `seconds`.
  public static func bucketWidth(seconds: Int, limit: Int = 60) -> Int {
    widths.first { seconds / $0 < limit } ?? max(seconds / limit, 2_592_000)
  }

  private static let plot = (left: 46.0, top: 26.0, width: 540.0, height: 150.0)

  /// The chart.
  public static func svg(_ buckets: [TimelineBucket], width: Int) -> String {
    var svg = SVG(
      width: 596, height: 220, title: "Packets per \(Display.duration(Int64(width) * 1_000_000))")
    let largest = buckets.map { $0.benignPackets + $0.unknownPackets + $0.attackPackets }.max() ?? 0
    let ticks = Ticks(upTo: Double(largest), wanted: 4)
    drawScale(&svg, ticks)
    drawLegend(&svg, buckets, width)
    for (index, bucket) in buckets.enumerated() {
      draw(bucket, at: index, of: buckets.count, ticks.top, &svg)
    }
    svg.line(
      plot.left, plot.top + plot.height, plot.left + plot.width, plot.top + plot.height,
      stroke: Ink.text, width: 0.8)
    drawStrip(&svg, buckets)
    drawTimes(&svg, buckets, width)
    return svg.text
  }

  private static func draw(
    _ bucket: TimelineBucket, at index: Int, of count: Int, _ top: Double, _ svg: inout SVG
  ) {
    let slot = plot.width / Double(count)
    var y = plot.top + plot.height
    for (packets, fill) in [
      (bucket.benignPackets, Ink.benign), (bucket.unknownPackets, "url(#hatch)"),
      (bucket.attackPackets, Ink.attack),
    ] where packets > 0 {
      // What happened is never too small to be seen.
      let height = max(Double(packets) / top * plot.height, 1)
      y -= height
      svg.rectangle(
        plot.left + (Double(index) + 0.1) * slot, y, slot * 0.8, height, fill: fill)
    }
  }

  /// Below the axis, a mark for each bar with an attack in it, however few its packets.
  private static func drawStrip(_ svg: inout SVG, _ buckets: [TimelineBucket]) {
    let slot = plot.width / Double(buckets.count)
    let y = plot.top + plot.height + 7
    svg.label("attacks", plot.left - 6, y + 6, anchor: .end, size: 8, fill: Ink.faint)
    svg.rectangle(plot.left, y, plot.width, 5, fill: "#eef1f4")
    for (index, bucket) in buckets.enumerated() where bucket.attackFlows + bucket.attackPackets > 0
    {
      svg.rectangle(plot.left + Double(index) * slot, y, slot, 5, fill: Ink.attack)
    }
  }

  private static func drawScale(_ svg: inout SVG, _ ticks: Ticks) {
    for value in ticks.values {
      let y = plot.top + plot.height * (1 - value / ticks.top)
      svg.line(plot.left, y, plot.left + plot.width, y, stroke: Ink.grid)
      svg.label(Display.short(value), plot.left - 6, y + 3, anchor: .end, fill: Ink.faint)
    }
  }

  private static func drawLegend(_ svg: inout SVG, _ buckets: [TimelineBucket], _ width: Int) {
    svg.label(
      "Packets per \(Display.duration(Int64(width) * 1_000_000))", plot.left - 40, 12, size: 9.5,
      bold: true)
    var x = plot.left + plot.width
    let entries: [(String, String, Int)] = [
      ("Attack", Ink.attack, 1),
      ("Unknown", "url(#hatch)", buckets.reduce(0) { $0 + $1.unknownPackets }),
      ("Benign", Ink.benign, buckets.reduce(0) { $0 + $1.benignPackets }),
    ]
    for (name, fill, packets) in entries where packets > 0 {
      svg.label(name, x, 12, anchor: .end, size: 9)
      x -= Double(name.count) * 5.2 + 14
      svg.rectangle(x, 4.5, 9, 9, fill: fill)
      x -= 12
    }
  }

  private static func drawTimes(_ svg: inout SVG, _ buckets: [TimelineBucket], _ width: Int) {
    guard let first = buckets.first else { return }
    let span = Int64(widths.first { width * buckets.count / $0 <= 8 } ?? width * 8) * 1_000_000
    let base = plot.top + plot.height + 12
    for index in buckets.indices where buckets[index].start.microseconds % span == 0 {
      let x = plot.left + plot.width * Double(index) / Double(buckets.count)
      let text = Display.time(buckets[index].start)
      svg.line(x, base, x, base + 4, stroke: Ink.text)
      let clock = width < 60 ? text.suffix(8) : text.suffix(8).prefix(5)
      svg.label(
        width < 86_400 ? String(clock) : String(text.prefix(10)), x + 2, base + 9, size: 8.5)
    }
    svg.label(
      width < 86_400 ? "\(Display.time(first.start).prefix(10)), UTC" : "UTC",
      plot.left + plot.width, base + 24, anchor: .end, fill: Ink.faint)
  }
}
