public import Addresses
public import Time

extension Table {
  /// Reads a file of this table: checks its header and every row's cell count, and calls `body`
  /// with each row.
  ///
  /// - Throws: ``TableError``, or what `body` throws.
  public func read(
    _ text: UnsafeRawBufferPointer, _ body: (borrowing Record) throws -> Void
  ) throws {
    let expected = columns
    let count = expected.count
    var sawHeader = false
    try CSVReader.read(text) { record in
      guard sawHeader else {
        sawHeader = true
        return try Self.check(header: record, expected)
      }
      guard record.count == count else {
        throw TableError.cellCount(row: record.number, expected: count, found: record.count)
      }
      try body(record)
    }
    guard sawHeader else { throw TableError.noHeader }
  }

  private static func check(header: borrowing Record, _ expected: [String]) throws {
    for index in 0..<max(expected.count, header.count) {
      if index < min(expected.count, header.count),
        header[index].elementsEqual(expected[index].utf8)
      {
        continue
      }
      let found = index < header.count ? header.text(index) : "nothing"
      let wanted = index < expected.count ? expected[index] : "nothing"
      guard found == wanted else {
        throw TableError.header(
          expected: "\(wanted) in column \(index + 1)", found: String(found.prefix(80)))
      }
    }
  }
}

extension FlowIdentity {
  /// Reads the identity cells of a row of ``Table/flow``, ``Table/verdict`` or ``Table/action``.
  ///
  /// - Throws: ``TableError/cell(row:column:text:)`` for a cell that is not what its column says.
  public init(_ record: borrowing Record) throws {
    self.init(
      row: try record.integer(0, "row", in: 1...Int.max),
      start: try record.time(1, "start"),
      last: try record.time(2, "last"),
      source: try record.address(3, "src_ip"),
      sourcePort: UInt16(try record.integer(4, "src_port", in: 0...65535)),
      destination: try record.address(5, "dst_ip"),
      destinationPort: UInt16(try record.integer(6, "dst_port", in: 0...65535)),
      ipProtocol: UInt8(try record.integer(7, "protocol", in: 0...255)),
      sourceMAC: try record.mac(8, "src_mac"),
      destinationMAC: try record.mac(9, "dst_mac"),
      application: record.text(10),
      communityID: record.text(11),
      state: try record.state(12),
      sensor: record.text(13))
  }
}

extension Record {
  /// The measures of a flow row, in the order of ``Measure``, into `values`.
  ///
  /// - Parameter values: room for ``Measure/count`` numbers.
  /// - Throws: ``TableError`` for a cell that is not a finite number ≥ 0.
  public func measures(into values: inout [Double]) throws {
    try values.withUnsafeMutableBufferPointer { try measures(into: $0) }
  }

  /// As ``measures(into:)-([Double])``, into any memory.
  public func measures(into values: UnsafeMutableBufferPointer<Double>) throws {
    precondition(values.count >= Measure.count, "a row has \(Measure.count) measures")
    guard let values = values.baseAddress,
      let bad = DecimalCells(self).read(Table.measureCells, into: values)
    else { return }
    throw self.bad(bad, Measure.allCases[bad - Table.measureCells.lowerBound].rawValue)
  }

  /// A cell that holds a finite number ≥ 0 in decimal digits.
  public func number(_ index: Int, _ column: String) throws -> Double {
    guard let value = Double(decimal: self[index]) else { throw bad(index, column) }
    return value
  }

  /// A cell that holds an integer of `range`.
  public func integer(_ index: Int, _ column: String, in range: ClosedRange<Int>) throws -> Int {
    guard let value = Int(digits: self[index]) ?? Int(text(index)), range.contains(value)
    else { throw bad(index, column) }
    return value
  }

  /// A cell that holds a moment.
  public func time(_ index: Int, _ column: String) throws -> Timestamp {
    guard let value = Timestamp(ascii: self[index]) else { throw bad(index, column) }
    return value
  }

  /// A cell that holds an IP address.
  public func address(_ index: Int, _ column: String) throws -> IPAddress {
    guard let value = IPAddress(ascii: self[index].assumingMemoryBound(to: UInt8.self))
    else { throw bad(index, column) }
    return value
  }

  /// A cell that holds a link-layer address.
  public func mac(_ index: Int, _ column: String) throws -> MACAddress {
    guard let value = MACAddress(ascii: self[index]) else { throw bad(index, column) }
    return value
  }

  /// A cell that holds one of a closed set of words.
  public func choice<Choice: RawRepresentable<String>>(
    _ index: Int, _ column: String
  ) throws -> Choice {
    guard let value = Choice(rawValue: text(index)) else { throw bad(index, column) }
    return value
  }

  func bad(_ index: Int, _ column: String) -> TableError {
    .cell(row: number, column: column, text: String(text(index).prefix(80)))
  }
}
