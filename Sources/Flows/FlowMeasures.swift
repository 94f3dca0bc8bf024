import Packets
import Tables

/// The numbers of one row: a flow and the windows around it.
struct FlowMeasures {
  let flow: Flow
  let context: ContextView
  /// Distinct sources of a folded row.
  let sources: Double
  private let lengths: Moments
  private let spans: Moments
  private let seconds: Double

  init(_ flow: Flow, _ context: ContextView, sources: Double) {
    self.flow = flow
    self.context = context
    self.sources = sources
    lengths = flow.forward.payload.merged(flow.backward.payload)
    spans = flow.activeSpans
    seconds = Double(flow.last - flow.start) / 1e6
  }

  private func rate(_ amount: Double) -> Double { seconds > 0 ? amount / seconds : 0 }
  private func flag(_ flag: TCPFlags) -> Double { flow.flags.isDisjoint(with: flag) ? 0 : 1 }
  private func count(_ flag: TCPFlags) -> Double {
    Double(flow.forward.flagCounts[flag] + flow.backward.flagCounts[flag])
  }
  private func perSubflow(_ amount: Double) -> Double { amount / Double(flow.subflows) }

  /// The value of one column.
  func value(of measure: Measure) -> Double {
    let (forward, backward) = (flow.forward, flow.backward)
    return switch measure {
    case .fin: flag(.fin)
    case .syn: flag(.syn)
    case .rst: flag(.rst)
    case .psh: flag(.psh)
    case .ack: flag(.ack)
    case .urg: flag(.urg)
    case .ecn: flag([.ece, .cwr])
    case .typeOfService: Double(flow.typeOfService)
    case .interArrival: Double(flow.lastGap) / 1e3
    case .packets: Double(flow.packets)
    case .bytes: Double(flow.bytes)

    case .flowDuration: Double(flow.last - flow.start)
    case .fwdPackets: Double(forward.packets)
    case .bwdPackets: Double(backward.packets)
    case .fwdPayload: forward.payload.sum.rounded()
    case .bwdPayload: backward.payload.sum.rounded()
    case .fwdLengthMax: forward.payload.max
    case .fwdLengthMin: forward.payload.min
    case .fwdLengthMean, .fwdSegmentAverage: forward.payload.mean
    case .fwdLengthStd: forward.payload.deviation
    case .bwdLengthMax: backward.payload.max
    case .bwdLengthMin: backward.payload.min
    case .bwdLengthMean, .bwdSegmentAverage: backward.payload.mean
    case .bwdLengthStd: backward.payload.deviation
    case .flowBytesPerSecond: rate(lengths.sum)
    case .flowPacketsPerSecond: rate(Double(flow.packets))
    case .flowIATMean: flow.gaps.mean
    case .flowIATStd: flow.gaps.deviation
    case .flowIATMax: flow.gaps.max
    case .flowIATMin: flow.gaps.min
    case .fwdIATTotal: forward.gaps.sum.rounded()
    case .fwdIATMean: forward.gaps.mean
    case .fwdIATStd: forward.gaps.deviation
    case .fwdIATMax: forward.gaps.max
    case .fwdIATMin: forward.gaps.min
    case .bwdIATTotal: backward.gaps.sum.rounded()
    case .bwdIATMean: backward.gaps.mean
    case .bwdIATStd: backward.gaps.deviation
    case .bwdIATMax: backward.gaps.max
    case .bwdIATMin: backward.gaps.min
    case .fwdPSH: Double(forward.flagCounts[.psh])
    case .bwdPSH: Double(backward.flagCounts[.psh])
    case .fwdURG: Double(forward.flagCounts[.urg])
    case .bwdURG: Double(backward.flagCounts[.urg])
    case .fwdHeaderLength: Double(forward.headerBytes)
    case .bwdHeaderLength: Double(backward.headerBytes)
    case .fwdPacketsPerSecond: rate(Double(forward.packets))
    case .bwdPacketsPerSecond: rate(Double(backward.packets))
    case .lengthMin: lengths.min
    case .lengthMax: lengths.max
    case .lengthMean, .averagePacketSize: lengths.mean
    case .lengthStd: lengths.deviation
    case .lengthVariance: lengths.variance
    case .finCount: count(.fin)
    case .synCount: count(.syn)
    case .rstCount: count(.rst)
    case .pshCount: count(.psh)
    case .ackCount: count(.ack)
    case .urgCount: count(.urg)
    case .cwrCount: count(.cwr)
    case .eceCount: count(.ece)
    case .downUpRatio:
      forward.packets > 0 ? Double(backward.packets) / Double(forward.packets) : 0
    case .fwdBytesPerBulk: forward.bulk.bytesPerBulk
    case .fwdPacketsPerBulk: forward.bulk.packetsPerBulk
    case .fwdBulkRate: forward.bulk.rate
    case .bwdBytesPerBulk: backward.bulk.bytesPerBulk
    case .bwdPacketsPerBulk: backward.bulk.packetsPerBulk
    case .bwdBulkRate: backward.bulk.rate
    case .subflowFwdPackets: perSubflow(Double(forward.packets))
    case .subflowFwdBytes: perSubflow(forward.payload.sum)
    case .subflowBwdPackets: perSubflow(Double(backward.packets))
    case .subflowBwdBytes: perSubflow(backward.payload.sum)
    case .fwdInitialWindow: Double(forward.firstWindow)
    case .bwdInitialWindow: Double(backward.firstWindow)
    case .fwdDataPackets: Double(forward.dataPackets)
    case .fwdHeaderMin: Double(forward.headerMin)
    case .activeMean: spans.mean
    case .activeStd: spans.deviation
    case .activeMax: spans.max
    case .activeMin: spans.min
    case .idleMean: flow.idle.mean
    case .idleStd: flow.idle.deviation
    case .idleMax: flow.idle.max
    case .idleMin: flow.idle.min

    case .ipVersion: Double(flow.ipVersion)
    case .durationZero: flow.last == flow.start ? 1 : 0
    case .fwdRST: Double(forward.flagCounts[.rst])
    case .bwdRST: Double(backward.flagCounts[.rst])
    case .bwdDataPackets: Double(backward.dataPackets)
    case .handshakeComplete: flow.tcp.isEstablished ? 1 : 0
    case .fwdRetransmissions: Double(forward.retransmissions)
    case .bwdRetransmissions: Double(backward.retransmissions)
    case .outOfOrder: Double(flow.outOfOrder)
    case .fragments: Double(flow.fragments)
    case .truncated: Double(flow.truncated)
    case .icmpType: Double(flow.icmpType)
    case .icmpCode: Double(flow.icmpCode)
    case .icmpErrors: Double(flow.icmpErrors)
    case .dstPortClass: Double(PortClass(flow.destinationPort).rawValue)
    case .srcPortClass: Double(PortClass(flow.sourcePort).rawValue)
    case .dstPortExploit: PortClass.exploited.contains(flow.destinationPort) ? 1 : 0
    case .srcVerified: Double(flow.verification)

    case .dstFlows1s: context.destination[Lane.flows]
    case .dstPackets1s: context.destination[Lane.packets]
    case .dstBytes1s: context.destination[Lane.bytes]
    case .dstSources1s: context.destinationSources
    case .dstHalfOpen1s: context.destination.halfOpen
    case .dstCompletedShare1s: context.destination.completedShare
    case .dstUDP1s: context.destination[Lane.succeededOrUDP]
    case .dstICMP1s: context.destination[Lane.exploitOrICMP]
    case .dstReplyShare1s: context.destination.replyShare
    case .svcFlows1s: context.service[Lane.flows]
    case .svcPackets1s: context.service[Lane.packets]
    case .svcSources1s: context.serviceSources
    case .svcHalfOpen1s: context.service.halfOpen
    case .svcReplyShare1s: context.service.replyShare
    case .srcFlows1s: context.source[Lane.flows]
    case .srcPackets1s: context.source[Lane.packets]
    case .srcBytes1s: context.source[Lane.bytes]
    case .srcSYNShare1s:
      context.source[Lane.packets] > 0
        ? min(1, context.source[Lane.synBegun] / context.source[Lane.packets]) : 0
    case .srcFlows60s: context.sourceMinute[Lane.flows]
    case .srcHosts60s: context.sourceHosts
    case .srcPorts60s: context.sourcePorts
    case .srcFailedShare60s: context.sourceMinute.failedShare
    case .srcExploitFlows60s: context.sourceMinute[Lane.exploitOrICMP]
    case .pairFlows60s: context.pairMinute[Lane.flows]
    case .pairPorts60s: context.pairPorts
    case .pairFailedShare60s: context.pairMinute.failedShare
    case .pairPackets1s: context.pair[Lane.packets]

    case .sqlInjections: Double(flow.sqlInjections)
    case .emptyPayloads: Double(flow.emptyPayloads)
    case .mqttConnects, .mqttRefusals, .mqttPublishes, .mqttSubscribes, .mqttWildcards,
      .mqttMalformed, .dnsQueries, .dnsAnswers, .dnsAnswerBytes, .dnsAnyQueries, .dnsFailures,
      .httpRequests, .httpPosts, .httpErrors, .httpAuthFailures, .tlsClientHellos, .tlsAlerts,
      .loginFailures, .dicomAssociations, .dicomRejections, .hl7Messages, .hl7Refusals:
      Double(flow.conversation.count(of: measure))
    case .folded: Double(flow.folded)
    case .foldedSources: sources
    }
  }
}
