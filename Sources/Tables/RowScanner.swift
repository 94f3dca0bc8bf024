import CCsv

/// Finds the cells of rows in which nothing is quoted, 64 bytes at a time.
struct RowScanner: ~Copyable {
  /// What was found of a row.
  struct Found {
    /// Cells that end before ``end``.
    var cells = 0
    /// Where the row ends, behind its start; nil if it holds what only libcsv should read: a quote, a
    /// control character, a blank at a cell's edge. Then `cells` are those before that cell.
    var end: Int?
    /// Whether a cell among those that were looked at is, or may be, empty.
    var hasEmpty = false
  }

  private static let width = 64
  private var capacity = 1_024
  /// `bounds[0]` is −1, `bounds[i]` where the separator behind the `i`-th cell stands.
  private(set) var bounds: UnsafeMutablePointer<Int>
  /// What remains of the text where it is shorter than 64 bytes.
  private let margin = UnsafeMutableRawPointer.allocate(byteCount: width, alignment: width)

  init() {
    bounds = .allocate(capacity: capacity)
    bounds[0] = -1
  }

  deinit {
    bounds.deallocate()
    margin.deallocate()
  }

  /// Looks for the cells of the row at `start`.
  ///
  /// - Parameter size: of the text from there on; its last byte is a line feed.
  mutating func scan(_ start: UnsafeRawPointer, _ size: Int) -> Found {
    var found = Found()
    var offset = 0
    var before: UInt64 = 1  // whether the byte before the 64 is a separator
    while offset < size {
      let marks = marks(start + offset, size - offset)
      let isLast = marks.ends != 0
      let within = isLast ? marks.ends ^ (marks.ends &- 1) : ~0
      var separators = marks.separators & within
      let behind = separators << 1 | before
      if separators & behind != 0 { found.hasEmpty = true }
      before = separators >> 63
      let odd = (marks.odd | edges(marks, behind, start, offset, size)) & within
      if odd != 0 { separators &= (odd & (0 &- odd)) &- 1 }
      note(separators, offset, &found.cells)
      if odd != 0 { return found }
      if isLast {
        found.end = offset + marks.ends.trailingZeroBitCount
        return found
      }
      offset += Self.width
    }
    return found
  }

  /// Blanks beside a separator.
  @inline(__always) private func edges(
    _ marks: ward_csv_marks, _ behind: UInt64, _ start: UnsafeRawPointer, _ offset: Int,
    _ size: Int
  ) -> UInt64 {
    guard marks.blanks != 0 else { return 0 }
    var ahead = marks.separators >> 1
    let next = offset + Self.width
    if next < size {
      let byte = start.load(fromByteOffset: next, as: UInt8.self)
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") { ahead |= 1 << 63 }
    }
    return marks.blanks & (behind | ahead)
  }

  @inline(__always) private func marks(_ at: UnsafeRawPointer, _ size: Int) -> ward_csv_marks {
    guard size < Self.width else { return ward_csv_marks(at) }
    margin.initializeMemory(as: UInt8.self, repeating: 0, count: Self.width)
    margin.copyMemory(from: at, byteCount: size)
    return ward_csv_marks(margin)
  }

  @inline(__always) private mutating func note(
    _ separators: UInt64, _ offset: Int, _ cells: inout Int
  ) {
    if cells + Self.width + 1 >= capacity { grow(keeping: cells + 1) }
    var bits = separators
    var slot = bounds + cells
    while bits != 0 {
      slot += 1
      slot.pointee = offset + bits.trailingZeroBitCount
      bits &= bits &- 1
    }
    cells = slot - bounds
  }

  private mutating func grow(keeping count: Int) {
    let more = UnsafeMutablePointer<Int>.allocate(capacity: capacity * 2)
    more.update(from: bounds, count: count)
    bounds.deallocate()
    bounds = more
    capacity *= 2
  }
}
