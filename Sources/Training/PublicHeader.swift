import Tables

/// What the columns of one public table are.
struct PublicHeader {
  /// Position of each measure's cell.
  private(set) var cells: [Measure: Int] = [:]
  /// Position of the label.
  private(set) var label = -1
  private(set) var time: Int?
  private(set) var sourceAddress: Int?
  private(set) var sourcePort: Int?
  private(set) var destinationPort: Int?
  /// Columns named as another one before them (`Fwd Header Length` twice, or with `.1` behind).
  private(set) var repeated: [String] = []
  /// Columns that stand for no measure.
  private(set) var unknown: [String] = []

  /// Reads the names.
  ///
  /// - Throws: ``Tables/TableError`` if there is no label, or too little that is CICFlowMeter's.
  init(_ record: borrowing Record) throws {
    for index in 0..<record.count { add(record.text(index), index) }
    guard label >= 0, cells[.flowDuration] != nil, cells.count >= 20 else {
      throw TableError.header(
        expected: "CICFlowMeter's columns and a Label", found: "\(cells.count) of its columns")
    }
  }

  private mutating func add(_ text: String, _ index: Int) {
    let name = PublicColumns.plain(text)
    switch name {
    case "label": label = index
    case "timestamp": time = index
    case "src ip", "source ip": sourceAddress = index
    case "src port", "source port": sourcePort = index
    case "dst port", "destination port": destinationPort = index
    default: measure(name, text, index)
    }
  }

  private mutating func measure(_ name: String, _ text: String, _ index: Int) {
    let plain = name.hasSuffix(".1") ? String(name.dropLast(2)) : name
    guard let measure = PublicColumns.measure(plain) else { return unknown.append(text) }
    if plain == name, cells[measure] == nil {
      cells[measure] = index
    } else {
      repeated.append(text)
    }
  }

  /// The measures that rows of this table can have, those that follow from others included.
  var measures: Set<Measure> {
    var result = Set(cells.keys)
    result.formUnion([.durationZero])
    if cells[.fwdPackets] != nil, cells[.bwdPackets] != nil { result.insert(.packets) }
    if sourcePort != nil { result.insert(.srcPortClass) }
    if destinationPort != nil { result.formUnion([.dstPortClass, .dstPortExploit]) }
    return result
  }
}
