import Tables

/// The numbers of one row, by column. Made once and filled anew for every row.
struct MeasureRow: ~Copyable {
  private let values: UnsafeMutablePointer<Double>

  init() {
    values = .allocate(capacity: Measure.count)
    values.initialize(repeating: .nan, count: Measure.count)
  }

  deinit { values.deallocate() }

  /// The value of one column.
  subscript(measure: Measure) -> Double {
    @inline(__always) get { values[measure.index] }
    @inline(__always) nonmutating set { values[measure.index] = newValue }
  }

  /// Makes a range of columns 0.
  func clear(_ columns: ClosedRange<Int>) {
    (values + columns.lowerBound).update(repeating: 0, count: columns.count)
  }

  /// All values, in the order of ``Measure``.
  var all: UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: values, count: Measure.count)
  }
}
