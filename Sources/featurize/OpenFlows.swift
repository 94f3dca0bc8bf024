import Flows
import Logging
import Packets
import Spool
import Stage
import Tables
import Time

/// The flows of one sensor, from its first segment to its end.
///
/// A class: the flow table cannot be copied, and a dictionary holds one for each sensor.
final class OpenFlows {
  private var featurizer: Featurizer
  /// Bytes of rows that are held before they are written.
  private static let batch = 1 << 20

  init(sensor: String, _ limits: FlowLimits, withPrefixes: Bool = false) {
    featurizer = Featurizer(sensor: sensor, limits: limits)
    featurizer.writesPrefixes = withPrefixes
  }

  var counters: Featurizer.Counters { featurizer.counters }

  /// Counts a segment's packets and writes the rows that are due.
  ///
  /// - Throws: `CaptureError` where the capture breaks off, after what was whole is written.
  func add(_ input: Input, to output: inout Output) throws {
    _ = try CaptureReader(input.bytes)  // what is no capture has no rows, not even a header
    featurizer.beginSegment()
    do {
      try Self.read(input, into: &featurizer) { try Self.drain(&$0, to: &output) }
    } catch {
      try Self.drain(&featurizer, to: &output)
      throw error
    }
    try Self.drain(&featurizer, to: &output)
  }

  /// Counts a segment's packets as ``add(_:to:)`` did in an earlier life, and writes nothing.
  func recall(_ input: Input) throws {
    featurizer.isSilent = true
    defer { featurizer.isSilent = false }
    featurizer.beginSegment()
    try Self.read(input, into: &featurizer) { _ in }
  }

  /// Ends all flows; their last rows continue the output of the last segment.
  func finish(to output: inout Output) throws {
    featurizer.finish()
    try Self.drain(&featurizer, to: &output)
  }

  private static func read(
    _ input: Input, into featurizer: inout Featurizer,
    drain: (inout Featurizer) throws -> Void
  ) throws {
    var reader = try CaptureReader(input.bytes)
    var forgotten = 0
    // A small file was mapped with its memory.
    let isLarge = input.bytes.count > 4 * forgettable
    if isLarge { anticipate(UnsafeRawBufferPointer(rebasing: input.bytes[..<forgettable])) }
    while let frame = try reader.next() {
      featurizer.add(frame)
      guard reader.packets & 255 == 0 else { continue }
      if featurizer.writer.bytes.count > batch { try drain(&featurizer) }
      if isLarge, reader.offset - forgotten >= forgettable / 2 {
        forget(UnsafeRawBufferPointer(rebasing: input.bytes[forgotten..<reader.offset]))
        forgotten = reader.offset
        let end = min(forgotten + forgettable, input.bytes.count)
        anticipate(UnsafeRawBufferPointer(rebasing: input.bytes[forgotten..<end]))
      }
    }
    if let name = input.name { featurizer.advance(to: name.clock) }
  }

  private static func drain(_ featurizer: inout Featurizer, to output: inout Output) throws {
    guard !featurizer.writer.bytes.isEmpty else { return }
    try featurizer.writer.drain { try output.write($0, to: .featurized) }
  }
}

/// Reads a capture to its end, so that a broken one is known before a packet of it is counted.
///
/// - Throws: `CaptureError` if it is none, or breaks off.
func checkWhole(_ capture: UnsafeRawBufferPointer) throws {
  var reader = try CaptureReader(capture)
  while try reader.next() != nil {}
}

/// What happened before and what happened since.
func sum(_ before: Featurizer.Counters?, _ since: Featurizer.Counters) -> Featurizer.Counters {
  guard var sum = before else { return since }
  sum.packets += since.packets
  sum.otherFrames += since.otherFrames
  sum.oddPackets += since.oddPackets
  sum.rows += since.rows
  sum.evictedFlows += since.evictedFlows
  sum.evictedKeys += since.evictedKeys
  sum.rebinds += since.rebinds
  sum.clockSteps += since.clockSteps
  return sum
}

extension Featurizer.Counters {
  var metadata: Logger.Metadata {
    [
      "packets": "\(packets)", "other_frames": "\(otherFrames)", "odd": "\(oddPackets)",
      "rows": "\(rows)", "evicted_flows": "\(evictedFlows)", "evicted_keys": "\(evictedKeys)",
      "arp_rebinds": "\(rebinds)", "clock_steps": "\(clockSteps)",
    ]
  }
}
