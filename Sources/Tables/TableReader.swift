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
    var sawHeader = false
    try CSVReader.read(text) { record in
      guard sawHeader else {
        sawHeader = true
        return try check(header: record)
      }
      guard record.count == expected.count else {
        throw TableError.cellCount(
          row: record.number, expected: expected.count, found: record.count)
      }
      try body(record)
    }
    guard sawHeader else { throw TableError.noHeader }
  }

  private func check(header: borrowing Record) throws {
    let expected = columns
    for index in 0..<max(expected.count, header.count) {
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
      state: try record.choice(12, "state"),
      sensor: record.text(13))
  }
}

extension Record {
  /// The measures of a flow row, in the order of ``Measure``, into `values`.
  ///
  /// - Parameter values: room for ``Measure/count`` numbers.
  /// - Throws: ``TableError`` for a cell that is not a finite number ≥ 0.
  public func measures(into values: inout [Double]) throws {
    for (index, cell) in Table.measureCells.enumerated() {
      guard let value = Double(decimal: self[cell]) else {
        throw bad(cell, Measure.allCases[index].rawValue)
      }
      values[index] = value
    }
  }

  /// A cell that holds a finite number ≥ 0 in decimal digits.
  public func number(_ index: Int, _ column: String) throws -> Double {
    guard let value = Double(decimal: self[index]) else { throw bad(index, column) }
    return value
  }

  /// A cell that holds an integer of `range`.
  public func integer(_ index: Int, _ column: String, in range: ClosedRange<Int>) throws -> Int {
    guard let value = Int(text(index)), range.contains(value) else { throw bad(index, column) }
    return value
  }

  /// A cell that holds a moment.
  public func time(_ index: Int, _ column: String) throws -> Timestamp {
    guard let value = Timestamp(ascii: Array(self[index])[...]) else { throw bad(index, column) }
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
    guard let value = MACAddress(text(index)) else { throw bad(index, column) }
    return value
  }

  /// A cell that holds one of a closed set of words.
  public func choice<Choice: RawRepresentable<String>>(
    _ index: Int, _ column: String
  ) throws -> Choice {
    guard let value = Choice(rawValue: text(index)) else { throw bad(index, column) }
    return value
  }

  private func bad(_ index: Int, _ column: String) -> TableError {
    .cell(row: number, column: column, text: String(text(index).prefix(80)))
  }
}

extension Double {
  private static let powers: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6]

  /// Reads what ``RowWriter/cell(_:)-(Double)`` writes: digits, then at most six decimals; nil for
  /// anything else.
  init?(decimal text: UnsafeRawBufferPointer) {
    var value: UInt64 = 0
    var decimals = -1
    guard let first = text.first, first != UInt8(ascii: "."), text.count <= 20 else { return nil }
    for byte in text {
      if byte == UInt8(ascii: "."), decimals < 0 {
        decimals = 0
        continue
      }
      let digit = byte &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      let (product, high) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      guard !high, !carry else { return nil }
      value = sum
      if decimals >= 0 { decimals += 1 }
    }
    guard decimals <= 6, decimals != 0 else { return nil }
    self = decimals > 0 ? Double(value) / Self.powers[decimals] : Double(value)
  }
}
