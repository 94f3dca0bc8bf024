import Flows
import Logging
import Packets
import Spool
import Stage
import Tables

/// One capture in, the rows that CICFlowMeter would make of it out.
///
/// A class because it owns the flow table, which cannot be copied, and a step is handed around.
final class CICFlowMeterStep: Step {
  private var meter: CICFlowMeter
  private let logger: Logger

  init(_ variant: CICVariant, _ limits: FlowLimits, logger: Logger) {
    meter = CICFlowMeter(variant, flows: limits.flows)
    self.logger = logger
  }

  func process(_ input: Input, to output: inout Output) throws {
    var reader = try CaptureReader(input.bytes)
    while let frame = try reader.next() {
      meter.add(frame)
      if meter.writer.bytes.count > 1 << 20 { try drain(to: &output) }
    }
  }

  func finish(to output: inout Output) throws {
    meter.finish()
    try drain(to: &output)
    let counters = meter.counters
    logger.info(
      "done",
      metadata: [
        "packets": "\(counters.packets)", "other_frames": "\(counters.otherFrames)",
        "rows": "\(counters.rows)", "omitted_flows": "\(counters.omittedFlows)",
        "evicted_flows": "\(counters.evictedFlows)",
      ])
  }

  private func drain(to output: inout Output) throws {
    try meter.writer.drain { try output.write($0, to: .featurized) }
  }
}
