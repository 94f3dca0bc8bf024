/// Reads the numbers of a row, most of which are short: eight digits in one step, four zeros in one.
struct DecimalCells {
  private let start: UnsafeRawPointer
  private let bounds: UnsafePointer<Int>
  private let readable: Int

  init(_ record: borrowing Record) {
    start = record.start
    bounds = record.bounds
    readable = record.readable
  }

  /// Reads `cells` into `values`, as `Double(decimal:)` reads each.
  ///
  /// - Returns: the first cell that holds no number; nil: all do.
  func read(_ cells: Range<Int>, into values: UnsafeMutablePointer<Double>) -> Int? {
    var cell = cells.lowerBound
    var value = values
    while cell < cells.upperBound {
      let from = bounds[cell] + 1
      if cell + 4 <= cells.upperBound, isFourZeros(cell, from) {
        UnsafeMutableRawPointer(value).storeBytes(of: SIMD4<Double>(), as: SIMD4<Double>.self)
        cell += 4
        value += 4
        continue
      }
      guard let number = number(from, bounds[cell + 1]) else { return cell }
      value.pointee = number
      cell += 1
      value += 1
    }
    return nil
  }

  /// `0,0,0,0` and no cell of them quoted: what stands between is no digit of a cell.
  @inline(__always) private func isFourZeros(_ cell: Int, _ from: Int) -> Bool {
    bounds[cell + 4] == from + 7 && from + 8 <= readable
      && UInt64(littleEndian: start.loadUnaligned(fromByteOffset: from, as: UInt64.self))
        & 0xFF_FFFF_FFFF_FFFF == 0x30_2C30_2C30_2C30
  }

  @inline(__always) private func number(_ from: Int, _ end: Int) -> Double? {
    let count = end - from
    if count == 1 {
      let digit = start.load(fromByteOffset: from, as: UInt8.self) &- UInt8(ascii: "0")
      return digit <= 9 ? Double(digit) : nil
    }
    if (2...16).contains(count), end >= 16, let value = short(end, count) { return value }
    return Double(decimal: UnsafeRawBufferPointer(start: start + from, count: count))
  }

  /// A number of 2 to 16 bytes that ends at `end`; nil for one that is to be read byte by byte.
  @inline(__always) private func short(_ end: Int, _ count: Int) -> Double? {
    var low = Digits(start, at: end - 8)
    if count < 8 { low.keep(last: count) }
    let odd = low.nonDigits
    var scale: UInt64 = 100_000_000
    var decimals = 0
    if odd != 0 {
      // A point, behind at least one byte of the cell and before one to six.
      let point = odd.trailingZeroBitCount >> 3
      guard odd & (odd &- 1) == 0, point < 7, point > 0, point > 8 - count, low.isPoint(point)
      else { return nil }
      low.close(point)
      decimals = 7 - point
      scale = 10_000_000
    }
    var value = low.value
    if count > 8 {
      var high = Digits(start, at: end - 16)
      high.keep(last: count - 8)
      guard high.nonDigits == 0 else { return nil }
      value &+= high.value &* scale
    }
    return decimals == 0 ? Double(value) : Double(value) / Double.powers[decimals]
  }
}

/// Eight bytes of text, less `0` each; the last one highest. "SIMD within a register".
private struct Digits {
  private var bytes: UInt64

  @inline(__always) init(_ start: UnsafeRawPointer, at offset: Int) {
    let text = start.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    bytes = UInt64(littleEndian: text) ^ 0x3030_3030_3030_3030
  }

  /// Zeros in place of all but the last `count` bytes, 1 to 8.
  @inline(__always) mutating func keep(last count: Int) {
    bytes &= ~0 &<< UInt64(64 - 8 * count)
  }

  /// The highest bit of each byte that is no digit.
  @inline(__always) var nonDigits: UInt64 {
    ((bytes & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676 | bytes) & 0x8080_8080_8080_8080
  }

  @inline(__always) func isPoint(_ index: Int) -> Bool {
    bytes &>> UInt64(8 * index) & 0xFF == 0x1E  // "." ^ "0"
  }

  /// Takes out the byte at `index`, 0 to 6, and moves those before it up.
  @inline(__always) mutating func close(_ index: Int) {
    let before = bytes & ((1 &<< UInt64(8 * index)) &- 1)
    bytes = bytes & (~0 &<< UInt64(8 * index + 8)) | before << 8
  }

  /// The number that eight digits are: pairs, then fours, then all.
  @inline(__always) var value: UInt64 {
    let pairs = bytes &* 10 &+ bytes >> 8
    let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let high = (pairs >> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return (low &+ high) >> 32
  }
}

extension Double {
  fileprivate static let powers: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6]

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

extension Int {
  /// One to 18 digits; nil for anything else.
  init?(digits text: UnsafeRawBufferPointer) {
    guard (1...18).contains(text.count) else { return nil }
    var value = 0
    for byte in text {
      let digit = byte &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    self = value
  }
}
