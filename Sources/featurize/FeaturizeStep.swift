import Flows
import Logging
import Spool
import Stage

/// One pcap segment in, its flow rows out; flows live on from segment to segment, to their sensor's
/// end. The segments are the log, the flows are a view of it: after a stop or a crash the kept
/// segments make them anew.
///
/// A class because it owns flow tables, which cannot be copied, and a step is handed around.
final class FeaturizeStep: Step {
  private let limits: FlowLimits
  /// By sensor; of one file, the only one.
  private var flows: [String: OpenFlows] = [:]
  /// The last segment that was counted, by sensor.
  private var last: [String: SegmentName] = [:]
  /// Of the flows that ended with their sensor.
  private var done: Featurizer.Counters?

  /// Whether rows of flows after their first packets are written, too.
  private let withPrefixes: Bool

  init(_ limits: FlowLimits, withPrefixes: Bool = false) {
    self.limits = limits
    self.withPrefixes = withPrefixes
  }

  func process(_ input: Input, to output: inout Output) throws {
    if output.isOneFile {
      return try opened(input.name?.sensor ?? Self.nobody).add(input, to: &output)
    }
    try checkWhole(input.bytes)
    guard let name = input.name else { return try processAlone(input, to: &output) }
    try checkOrder(name)
    last[name.sensor] = name
    try opened(name.sensor).add(input, to: &output)
    if name.isEnd { try end(name.sensor, to: &output) }
  }

  func recall(_ input: Input) throws {
    guard let name = input.name else { return }
    try checkOrder(name)
    last[name.sensor] = name
    if name.isEnd { return close(name.sensor) }
    try checkWhole(input.bytes)
    try opened(name.sensor).recall(input)
  }

  func finish(to output: inout Output) throws {
    for sensor in flows.keys { try end(sensor, to: &output) }
  }

  /// What was read again is counted too.
  var account: Logger.Metadata {
    flows.values.reduce(done) { sum($0, $1.counters) }?.metadata ?? [:]
  }

  /// A file that somebody put into the queue under a name of their own: nothing comes before or
  /// after it.
  private func processAlone(_ input: Input, to output: inout Output) throws {
    let alone = OpenFlows(sensor: Self.nobody, limits)
    try alone.add(input, to: &output)
    try alone.finish(to: &output)
    done = sum(done, alone.counters)
  }

  /// The sensor of what names none.
  private static let nobody = "ward"

  private func opened(_ sensor: String) -> OpenFlows {
    if let known = flows[sensor] { return known }
    let new = OpenFlows(sensor: sensor, limits, withPrefixes: withPrefixes)
    flows[sensor] = new
    return new
  }

  private func end(_ sensor: String, to output: inout Output) throws {
    try flows[sensor]?.finish(to: &output)
    close(sensor)
  }

  private func close(_ sensor: String) {
    if let closed = flows.removeValue(forKey: sensor) { done = sum(done, closed.counters) }
  }

  /// Refuses what was counted before, or comes too late to be. A lower number with a later clock is
  /// neither: numbers began anew, since the spool's state was removed.
  private func checkOrder(_ name: SegmentName) throws {
    if let last = last[name.sensor], name.sequence <= last.sequence, name.clock <= last.clock {
      throw OutOfOrder(number: name.sequence, last: last.sequence)
    }
  }
}

/// A segment that comes after its successor, or twice.
struct OutOfOrder: Error, CustomStringConvertible {
  let number: UInt64
  let last: UInt64

  var description: String {
    "segment \(number) comes after segment \(last): it was counted before, or is too late"
  }
}
