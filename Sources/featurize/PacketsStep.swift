import Flows
import Logging
import Packets
import Spool
import Stage
import Tables

/// One capture in, a row a packet out.
///
/// A class because it owns the table of flows, which cannot be copied, and a step is handed around.
final class PacketsStep: Step {
  private var lister: PacketLister
  private let logger: Logger

  init(_ limits: FlowLimits, logger: Logger) {
    lister = PacketLister(flows: limits.flows)
    self.logger = logger
  }

  func process(_ input: Input, to output: inout Output) throws {
    var reader = try CaptureReader(input.bytes)
    while let frame = try reader.next() {
      lister.add(frame)
      if lister.writer.bytes.count > 1 << 20 { try drain(to: &output) }
    }
  }

  func finish(to output: inout Output) throws {
    try drain(to: &output)
    let counters = lister.counters
    logger.info(
      "done",
      metadata: [
        "packets": "\(counters.packets)", "other_frames": "\(counters.otherFrames)",
        "evicted_flows": "\(counters.evictedFlows)",
      ])
  }

  private func drain(to output: inout Output) throws {
    try lister.writer.drain { try output.write($0, to: .featurized) }
  }
}
