import CCsv

public import Addresses
public import Time

/// Appends cells to CSV text (RFC 4180, LF line ends), quoting through libcsv where a cell needs it.
public struct RowWriter: Sendable {
  /// The text so far; ends with a line end whenever no row is under way.
  public private(set) var bytes: [UInt8] = []
  private var rowIsEmpty = true

  /// Starts a file with no header.
  public init() {}

  /// Starts a file with `table`'s header.
  public init(header table: Table) {
    for name in table.columns { cell(name) }
    endRow()
  }

  /// Ends the row.
  @inlinable public mutating func endRow() {
    append(UInt8(ascii: "\n"))
    startRow()
  }

  /// Hands over the text so far and begins anew, keeping the memory.
  public mutating func drain(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    try bytes.withUnsafeBytes(body)
    bytes.removeAll(keepingCapacity: true)
  }

  /// A cell of text. Empty text becomes `-`: no cell is ever empty.
  public mutating func cell(_ text: String) {
    var text = text
    text.withUTF8 { cell(utf8: UnsafeRawBufferPointer($0)) }
  }

  /// A cell of bytes, quoted if it needs to be. Empty becomes `-`.
  public mutating func cell(utf8 text: UnsafeRawBufferPointer) {
    separate()
    guard !text.isEmpty else { return bytes.append(UInt8(ascii: "-")) }
    guard Self.needsQuotes(text) else { return bytes.append(contentsOf: text) }
    let size = csv_write2(nil, 0, text.baseAddress, text.count, UInt8(ascii: "\""))
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: size))
    bytes.withUnsafeMutableBytes {
      _ = csv_write2(
        $0.baseAddress! + start, size, text.baseAddress, text.count, UInt8(ascii: "\""))
    }
  }

  /// A cell of digits.
  public mutating func cell(_ value: Int) {
    cells(atMost: 21) { $0.cell(value) }
  }

  /// A cell with a number ≥ 0, rounded to six decimals, without trailing zeros; from 10^13 on, where
  /// a `Double` has no more than two of them, to a whole number. Anything that is not a finite number
  /// ≥ 0 is written as 0: no cell is ever NaN, Infinity or negative.
  public mutating func cell(_ value: Double) {
    cells(atMost: CellCursor.mostNumber) { $0.cell(value) }
  }

  /// A cell for each of `values`, as ``cell(_:)-(Double)`` writes them, behind cells of the same row.
  public mutating func cells(_ values: UnsafeBufferPointer<Double>) {
    precondition(!rowIsEmpty, "a row does not begin with measures")
    cells(atMost: values.count * CellCursor.mostNumber) { $0.cells(values) }
  }

  /// A cell with an address.
  public mutating func cell(_ address: IPAddress) {
    cells(atMost: IPAddress.mostText) { $0.cell(address) }
  }

  /// A cell with a link-layer address.
  public mutating func cell(_ address: MACAddress) {
    cells(atMost: MACAddress.mostText) { $0.cell(address) }
  }

  /// A cell with a moment, RFC 3339 in microseconds.
  public mutating func cell(_ time: Timestamp) {
    cells(atMost: Timestamp.mostText) { $0.cell(time) }
  }

  /// The cells of an identity.
  public mutating func cells(_ identity: FlowIdentity) {
    let room = 2 * (Timestamp.mostText + IPAddress.mostText + MACAddress.mostText) + 64
    cells(atMost: room) { cursor in
      cursor.cell(identity.row)
      cursor.cell(identity.start)
      cursor.cell(identity.last)
      cursor.cell(identity.source)
      cursor.cell(Int(identity.sourcePort))
      cursor.cell(identity.destination)
      cursor.cell(Int(identity.destinationPort))
      cursor.cell(Int(identity.ipProtocol))
      cursor.cell(identity.sourceMAC)
      cursor.cell(identity.destinationMAC)
    }
    cell(identity.application)
    cell(identity.communityID)
    cell(identity.state.rawValue)
    cell(identity.sensor)
  }

  /// Cells as they stand, commas between them. They are not empty and need no quotes.
  mutating func append(cells text: UnsafeRawBufferPointer) {
    separate()
    bytes.append(contentsOf: text)
  }

  @usableFromInline mutating func append(_ byte: UInt8) { bytes.append(byte) }

  @usableFromInline mutating func startRow() { rowIsEmpty = true }

  private mutating func separate() {
    if rowIsEmpty { rowIsEmpty = false } else { bytes.append(UInt8(ascii: ",")) }
  }

  /// Cells of at most `count` bytes in all, the first one's separator not counted.
  private mutating func cells(atMost count: Int, _ body: (inout CellCursor) -> Void) {
    let isFirst = rowIsEmpty
    rowIsEmpty = false
    let need = bytes.count + count + 1
    if need > bytes.capacity { bytes.reserveCapacity(max(need, 2 * bytes.capacity)) }
    bytes.append(addingCapacity: count + 1) { room in
      room.withUnsafeMutableBufferPointer { buffer, used in
        let start = buffer.baseAddress! + used
        var cursor = CellCursor(at: start, isFirst: isFirst)
        body(&cursor)
        used += cursor.at - start
      }
    }
  }

  private static func needsQuotes(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") { return true }
    return text.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 < 0x20 }
  }
}
