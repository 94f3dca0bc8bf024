/// Where a file stands in its queue: in the order of names, but in `captured`, and in what is kept of
/// it, first in that of sequence numbers. A clock that was set back gives later segments earlier
/// names, and packets must be counted as they came.
struct Place: Comparable {
  let fileName: String
  private let number: UInt64

  /// A name that is no segment's comes first.
  init(_ fileName: String, in queue: Queue) {
    self.fileName = fileName
    number = queue == .captured ? SegmentName(fileName)?.sequence ?? 0 : 0
  }

  static func < (left: Place, right: Place) -> Bool {
    (left.number, left.fileName) < (right.number, right.fileName)
  }
}
