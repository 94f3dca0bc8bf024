import Flows
import Logging
import Packets
import Spool
import Stage
import Tables
import Time

/// One pcap segment in, its flow rows out; flows live on from segment to segment.
///
/// A class because it owns the flow table, which cannot be copied, and a step is handed around.
final class FeaturizeStep: Step {
  private let limits: FlowLimits
  private let logger: Logger
  private var featurizer: Featurizer?

  init(_ limits: FlowLimits, logger: Logger) {
    self.limits = limits
    self.logger = logger
  }

  func process(_ input: Input, to output: inout Output) throws {
    var reader = try CaptureReader(input.bytes)
    start(sensor: input.name?.sensor ?? "ward")
    do {
      while let frame = try reader.next() {
        featurizer?.add(frame)
        try drain(to: &output, keeping: 1 << 20)
      }
    } catch {
      try drain(to: &output)
      throw error
    }
    if let name = input.name { featurizer?.advance(to: name.clock) }
    try drain(to: &output)
  }

  func finish(to output: inout Output) throws {
    guard featurizer != nil else { return }
    if !output.isOneFile { featurizer?.beginSegment() }
    featurizer?.finish()
    try drain(to: &output)
    report()
  }

  private func start(sensor: String) {
    if featurizer == nil { featurizer = Featurizer(sensor: sensor, limits: limits) }
    featurizer?.beginSegment()
  }

  private func drain(to output: inout Output, keeping limit: Int = 0) throws {
    guard let size = featurizer?.writer.bytes.count, size > limit else { return }
    try featurizer?.writer.drain { try output.write($0, to: .featurized) }
  }

  private func report() {
    guard let counters = featurizer?.counters else { return }
    logger.info(
      "done",
      metadata: [
        "packets": "\(counters.packets)", "other_frames": "\(counters.otherFrames)",
        "odd": "\(counters.oddPackets)", "rows": "\(counters.rows)",
        "evicted_flows": "\(counters.evictedFlows)", "evicted_keys": "\(counters.evictedKeys)",
        "clock_steps": "\(counters.clockSteps)",
      ])
  }
}
