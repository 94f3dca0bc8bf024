// How a stage reads rows, judges them and hands them on:
//
//     var kept: [KeptRow] = []
//     try Table.flow.read(text) { record in
//       let identity = try FlowIdentity(record)
//       try record.measures(into: &measures)   // an array, or any memory for Measure.count numbers
//       kept.append(record.kept())             // 24 bytes; the row itself stays in `text`
//     }
//     for row in kept {
//       writer.cells(of: row, in: text)        // the row's bytes at once, as they stand in the file
//       writer.cell(...)                       // the cells that this stage adds
//       writer.endRow()
//     }
//
// The file is parsed once. `writer.cells(of: record)` inside the callback copies bytes at once too.

/// One row's cells. Valid only while the reader's callback runs.
public struct Record: ~Copyable {
  /// Cell `i` stands from `bounds[i] + 1` to `bounds[i + 1]` behind `start`; a byte that is no cell's
  /// stands between two, a comma where neither was quoted.
  let start: UnsafeRawPointer
  let bounds: UnsafePointer<Int>
  /// How many bytes behind `start` may be read.
  let readable: Int
  /// How many cells from the first on stand, commas between them, just as ``RowWriter`` writes them.
  let plain: Int
  /// Where the row stands in the text, its line end left out.
  let place: Range<Int>
  /// As it stands in the text, from the first cell on that is not ``plain``.
  let rest: UnsafeRawBufferPointer
  /// How many cells there are.
  public let count: Int
  /// Position in the file, from 1, the header not counted.
  public let number: Int

  /// The bytes of a cell, unquoted.
  public subscript(index: Int) -> UnsafeRawBufferPointer {
    precondition(index >= 0 && index < count, "a row has no such cell")
    let from = bounds[index] + 1
    return UnsafeRawBufferPointer(start: start + from, count: bounds[index + 1] - from)
  }

  /// A cell as text.
  public func text(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }

  /// The cells from `first` to before `last`, commas between them. The cells are not empty, none was
  /// quoted, and none is to be: `last` is at most ``plain``.
  func plainCells(_ first: Int, _ last: Int) -> UnsafeRawBufferPointer {
    let from = bounds[first] + 1
    return UnsafeRawBufferPointer(start: start + from, count: bounds[last] - from)
  }
}

/// A row to be written again when its reader is done: where it stands in the text or, if it was not
/// written by a ``RowWriter``, a copy as one writes it.
public struct KeptRow: Sendable {
  fileprivate enum Text {
    case place(Range<Int>)
    case copy([UInt8])
  }
  fileprivate let text: Text
}

extension Record {
  /// The row for ``RowWriter/cells(of:in:)``, after the reader's callback.
  public func kept() -> KeptRow {
    if plain == count { return KeptRow(text: .place(place)) }
    var writer = RowWriter()
    writer.cells(of: self, from: plain)
    if writer.bytes.elementsEqual(rest) { return KeptRow(text: .place(place)) }
    var whole = RowWriter()
    whole.cells(of: self)
    return KeptRow(text: .copy(whole.bytes))
  }
}

extension RowWriter {
  /// The cells of `record` from `start` on as they are, then room for more.
  public mutating func cells(of record: borrowing Record, from start: Int = 0) {
    if start < record.plain { append(cells: record.plainCells(start, record.plain)) }
    for index in max(start, record.plain)..<max(start, record.count) {
      cell(utf8: record[index])
    }
  }

  /// The cells of a row of `text`, the one that it was read from, then room for more.
  public mutating func cells(of row: KeptRow, in text: UnsafeRawBufferPointer) {
    switch row.text {
    case .place(let place): append(cells: UnsafeRawBufferPointer(rebasing: text[place]))
    case .copy(let bytes): bytes.withUnsafeBytes { append(cells: $0) }
    }
  }
}
