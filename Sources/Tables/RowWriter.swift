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
    separate()
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    digits(UInt64(value.magnitude), width: 1)
  }

  /// A cell with a number ≥ 0, rounded to six decimals, without trailing zeros; from 10^13 on, where
  /// a `Double` has no more than two of them, to a whole number. Anything that is not a finite number
  /// ≥ 0 is written as 0: no cell is ever NaN, Infinity or negative.
  public mutating func cell(_ value: Double) {
    separate()
    guard value > 0 else { return bytes.append(UInt8(ascii: "0")) }
    guard value < 1e13 else {
      let rounded = value.rounded()
      return digits(rounded < 0x1p64 ? UInt64(rounded) : value.isFinite ? .max : 0, width: 1)
    }
    var whole = UInt64(value)
    var fraction = UInt64(((value - Double(whole)) * 1e6).rounded())
    if fraction == 1_000_000 {
      whole += 1
      fraction = 0
    }
    digits(whole, width: 1)
    guard fraction > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var width = 6
    while fraction % 10 == 0 {
      fraction /= 10
      width -= 1
    }
    digits(fraction, width: width)
  }

  /// A cell with an address.
  public mutating func cell(_ address: IPAddress) {
    separate()
    address.write(to: &bytes)
  }

  /// A cell with a link-layer address.
  public mutating func cell(_ address: MACAddress) {
    separate()
    address.write(to: &bytes)
  }

  /// A cell with a moment, RFC 3339 in microseconds.
  public mutating func cell(_ time: Timestamp) {
    separate()
    time.write(to: &bytes)
  }

  /// The cells of an identity.
  public mutating func cells(_ identity: FlowIdentity) {
    cell(identity.row)
    cell(identity.start)
    cell(identity.last)
    cell(identity.source)
    cell(Int(identity.sourcePort))
    cell(identity.destination)
    cell(Int(identity.destinationPort))
    cell(Int(identity.ipProtocol))
    cell(identity.sourceMAC)
    cell(identity.destinationMAC)
    cell(identity.application)
    cell(identity.communityID)
    cell(identity.state.rawValue)
    cell(identity.sensor)
  }

  /// The first `count` cells of `record` as they are, then room for more.
  public mutating func cells(of record: borrowing Record, from start: Int = 0) {
    for index in start..<record.count { cell(utf8: record[index]) }
  }

  @usableFromInline mutating func append(_ byte: UInt8) { bytes.append(byte) }

  @usableFromInline mutating func startRow() { rowIsEmpty = true }

  private mutating func separate() {
    if rowIsEmpty { rowIsEmpty = false } else { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func digits(_ value: UInt64, width: Int) {
    if value < 10, width == 1 {
      return bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value))
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { text in
      var start = text.endIndex
      var rest = value
      repeat {
        start -= 1
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        text[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
        rest = quotient
      } while rest > 0 || text.endIndex - start < width
      bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: text[start...]))
    }
  }

  private static func needsQuotes(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") { return true }
    return text.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 < 0x20 }
  }
}
