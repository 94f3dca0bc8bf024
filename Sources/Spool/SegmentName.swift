public import Time

/// The name a segment keeps through all stages:
/// `<first packet>-<clock>-<sensor>-<sequence>[.end]`.
public struct SegmentName: Hashable, Comparable, Sendable {
  /// Time of the first packet; the clock itself if the segment holds none.
  public var first: Timestamp
  /// The moment up to which the segment is complete.
  public var clock: Timestamp
  /// The box that heard it: letters, digits, `_` and `.`.
  public var sensor: String
  /// Never the same twice on one sensor.
  public var sequence: UInt64
  /// Whether the capture ended with it: what is open then ends too.
  public var isEnd: Bool

  /// A name from its parts; `sensor` is cleaned as ``clean(sensor:)`` does, but for its length: where
  /// it is followed by a stage's name it may be of 128 bytes.
  public init(
    first: Timestamp, clock: Timestamp, sensor: String, sequence: UInt64, isEnd: Bool = false
  ) {
    self.first = first
    self.clock = clock
    self.sensor = Self.clean(sensor, limit: Self.speakerLimit)
    self.sequence = sequence
    self.isEnd = isEnd
  }

  /// Reads a name, with or without extension; nil if it is not a segment's.
  public init?(_ fileName: String) {
    let parts = fileName.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, let first = Timestamp(parts[0]), let clock = Timestamp(parts[1])
    else { return nil }
    let tail = parts[3].split(separator: ".", omittingEmptySubsequences: false)
    guard let digits = tail.first, (1...20).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (48...57).contains($0) }), let sequence = UInt64(digits),
      !parts[2].isEmpty, Self.clean(String(parts[2]), limit: Self.speakerLimit) == parts[2]
    else { return nil }
    self.init(
      first: first, clock: clock, sensor: String(parts[2]), sequence: sequence,
      isEnd: tail.dropFirst().first == "end")
  }

  /// `sensor` with everything but letters, digits, `_` and `.` replaced by `_`, 64 bytes at most;
  /// `ward` if nothing is left.
  public static func clean(sensor: String) -> String { clean(sensor, limit: 64) }

  private static let speakerLimit = 128

  private static func clean(_ sensor: String, limit: Int) -> String {
    let bytes = sensor.utf8.prefix(limit).map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "_"):
        byte
      default: UInt8(ascii: "_")
      }
    }
    return bytes.isEmpty ? "ward" : String(decoding: bytes, as: UTF8.self)
  }

  /// The order of their texts, which is that of time.
  public static func < (left: SegmentName, right: SegmentName) -> Bool {
    left.description < right.description
  }
}

extension SegmentName: CustomStringConvertible {
  /// The name without extension.
  public var description: String {
    let digits = String(sequence)
    let zeros = String(repeating: "0", count: max(0, 8 - digits.utf8.count))
    let end = isEnd ? ".end" : ""
    return
      "\(first.formatted(.basic))-\(clock.formatted(.basic))-\(sensor)-\(zeros)\(digits)\(end)"
  }

  /// The name of the segment's file in `queue`.
  public func fileName(in queue: Queue) -> String { "\(self).\(queue.fileExtension)" }
}
