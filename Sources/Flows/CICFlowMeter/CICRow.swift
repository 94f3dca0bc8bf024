import Addresses
import Packets
import Tables
import Time

/// Writes a flow as CICFlowMeter does, in the order of ``CICFlowMeterHeader``.
struct CICRow {
  private let flow: CICFlow
  private let rules: CICRules
  private var cells: RowWriter

  /// Appends the row to `writer`.
  ///
  /// - Parameter number: the release's `id`.
  static func write(
    _ flow: CICFlow, number: Int, _ rules: CICRules, to writer: inout RowWriter
  ) {
    // Swapped, so that the text so far is not copied.
    var row = CICRow(flow: flow, rules: rules, cells: RowWriter())
    swap(&row.cells, &writer)
    row.write(number)
    swap(&row.cells, &writer)
  }

  private var isRelease: Bool { rules.form == .release }

  private mutating func write(_ number: Int) {
    if isRelease { cells.cell(number) }
    identity()
    cells.cell(Int(flow.duration))
    cells.cell(flow.forward.packets)
    cells.cell(flow.backward.packets)
    whole(flow.forward.payload.sum)
    whole(flow.backward.payload.sum)
    range(flow.forward.payload)
    range(flow.backward.payload)
    let seconds = Double(flow.duration) / 1_000_000
    real(Double(flow.forward.bytes + flow.backward.bytes) / seconds)
    real(Double(flow.packets) / seconds)
    spread(flow.gaps)
    gaps(flow.forward.gaps)
    gaps(flow.backward.gaps)
    flags()
    rates()
    lengths()
    flagCounts()
    averages()
    bulks()
    subflows()
    windows()
    activity(flow.active)
    activity(flow.idle)
    ending()
    cells.endRow()
  }

  private mutating func identity() {
    let (ends, named) = (flow.ends, flow.named)
    cells.cell(
      "\(named.source)-\(named.destination)-\(named.sourcePort)-\(named.destinationPort)"
        + "-\(flow.ipProtocol)")
    cells.cell(ends.source)
    cells.cell(Int(ends.sourcePort))
    cells.cell(ends.destination)
    cells.cell(Int(ends.destinationPort))
    cells.cell(Int(flow.ipProtocol))
    cells.cell(time)
  }

  /// UTC. The tool itself takes the zone of the machine it runs on (version 4), to the second and with
  /// twelve hours.
  private var time: String {
    let text = Timestamp(microseconds: flow.start).formatted()
    let date = text.prefix(10)
    guard !isRelease else { return "\(date) \(text.dropFirst(11).dropLast())" }
    let hour = Int(text.dropFirst(11).prefix(2)) ?? 0
    let twelfth = (hour + 11) % 12 + 1
    return "\(date.suffix(2))/\(date.dropFirst(5).prefix(2))/\(date.prefix(4)) "
      + (twelfth < 10 ? "0" : "") + "\(twelfth)\(text.dropFirst(13).prefix(6)) "
      + (hour < 12 ? "AM" : "PM")
  }

  // MARK: Groups of columns

  private mutating func range(_ numbers: SummaryStatistics) {
    let some = numbers.count > 0
    whole(some ? numbers.max : nil)
    whole(some ? numbers.min : nil)
    real(some ? numbers.mean : nil)
    real(some ? numbers.deviation : nil)
  }

  private mutating func spread(_ numbers: SummaryStatistics) {
    real(numbers.mean)
    real(numbers.deviation)
    whole(numbers.max)
    whole(numbers.min)
  }

  private mutating func gaps(_ numbers: SummaryStatistics) {
    whole(numbers.count > 0 ? numbers.sum : nil)
    activity(numbers)
  }

  private mutating func activity(_ numbers: SummaryStatistics) {
    let some = numbers.count > 0
    real(some ? numbers.mean : nil)
    real(some ? numbers.deviation : nil)
    whole(some ? numbers.max : nil)
    whole(some ? numbers.min : nil)
  }

  private mutating func flags() {
    cells.cell(flow.forward.psh)
    cells.cell(flow.backward.psh)
    cells.cell(flow.forward.urg)
    cells.cell(flow.backward.urg)
    guard isRelease else { return }
    cells.cell(flow.forward.rst)
    cells.cell(flow.backward.rst)
  }

  private mutating func rates() {
    cells.cell(flow.forward.headerBytes)
    cells.cell(flow.backward.headerBytes)
    let seconds = Double(flow.duration) / 1_000_000
    real(flow.duration > 0 ? Double(flow.forward.packets) / seconds : 0)
    real(flow.duration > 0 ? Double(flow.backward.packets) / seconds : 0)
  }

  private mutating func lengths() {
    whole(flow.length.min)
    whole(flow.length.max)
    real(flow.length.mean)
    real(flow.length.deviation)
    real(flow.length.variance)
  }

  private mutating func flagCounts() {
    cells.cell(flow.flagCounts[.fin])
    cells.cell(flow.flagCounts[.syn])
    cells.cell(flow.flagCounts[.rst])
    cells.cell(flow.flagCounts[.psh])
    cells.cell(flow.flagCounts[.ack])
    cells.cell(flow.flagCounts[.urg])
    cells.cell(flow.flagCounts[.cwr])
    cells.cell(flow.flagCounts[.ece])
  }

  private mutating func averages() {
    let (up, down) = (flow.forward.packets, flow.backward.packets)
    real(up == 0 ? 0 : rules.roundsRatio ? Double(down / up) : Double(down) / Double(up))
    real(flow.length.sum / Double(flow.packets))
    real(up == 0 ? 0 : flow.forward.payload.sum / Double(up))
    real(down == 0 ? 0 : flow.backward.payload.sum / Double(down))
  }

  private mutating func bulks() {
    for bulk in [flow.forward.bulk, flow.backward.bulk] {
      cells.cell(bulk.bytesPerBulk)
      cells.cell(bulk.packetsPerBulk)
      cells.cell(bulk.rate)
    }
  }

  private mutating func subflows() {
    let count = flow.subflows
    for direction in [flow.forward, flow.backward] {
      cells.cell(count == 0 ? 0 : direction.packets / count)
      cells.cell(count == 0 ? 0 : direction.bytes / count)
    }
  }

  private mutating func windows() {
    cells.cell(flow.forward.window)
    cells.cell(flow.backward.window)
    cells.cell(flow.forward.dataPackets)
    cells.cell(flow.forward.headerMin)
  }

  private mutating func ending() {
    if isRelease {
      cells.cell(flow.icmpCode)
      cells.cell(flow.icmpType)
      cells.cell(Int(flow.connectionTime))
    }
    cells.cell("NeedManualLabel")
    if isRelease { cells.cell(-1) }
  }

  // MARK: Numbers

  /// A `double` of the tool; nil where it writes an integer 0 for nothing.
  private mutating func real(_ value: Double?) {
    cells.cell(value.map(rules.form.text) ?? (isRelease ? "0.0" : "0"))
  }

  /// A `double` of the tool that holds a whole number.
  private mutating func whole(_ value: Double?) {
    cells.cell(value.map(rules.form.whole) ?? "0")
  }
}
