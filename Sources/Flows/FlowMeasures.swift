import Packets
import Tables

extension Flow {
  /// Fills the columns that the flow alone tells.
  ///
  /// - Parameter sources: the distinct sources of a folded row.
  func fill(_ row: borrowing MeasureRow, sources: Double) {
    fillPacketLevel(row)
    fillCounts(row)
    fillLengths(row)
    fillGaps(row)
    fillFlags(row)
    fillBulks(row)
    fillSpans(row)
    fillRest(row)
    row[.sqlInjections] = Double(webAttacks.sql)
    row[.traversals] = Double(webAttacks.traversals)
    row[.crossSiteScripts] = Double(webAttacks.scripts)
    row[.commandInjections] = Double(webAttacks.commands)
    row[.emptyPayloads] = Double(emptyPayloads)
    conversation.fill(row)
    row[.folded] = Double(folded)
    row[.foldedSources] = sources
  }

  /// What the ARROW data set had of a packet.
  private func fillPacketLevel(_ row: borrowing MeasureRow) {
    func flag(_ flag: TCPFlags) -> Double { flags.isDisjoint(with: flag) ? 0 : 1 }
    row[.fin] = flag(.fin)
    row[.syn] = flag(.syn)
    row[.rst] = flag(.rst)
    row[.psh] = flag(.psh)
    row[.ack] = flag(.ack)
    row[.urg] = flag(.urg)
    row[.ecn] = flag([.ece, .cwr])
    row[.typeOfService] = Double(typeOfService)
    row[.interArrival] = Double(lastGap) / 1e3
    row[.packets] = Double(packets)
    row[.bytes] = Double(bytes)
  }

  /// Duration, packets, headers, windows, rates.
  private func fillCounts(_ row: borrowing MeasureRow) {
    let seconds = Double(last - start) / 1e6
    func rate(_ amount: Double) -> Double { seconds > 0 ? amount / seconds : 0 }
    row[.flowDuration] = Double(last - start)
    row[.fwdPackets] = Double(forward.packets)
    row[.bwdPackets] = Double(backward.packets)
    row[.flowBytesPerSecond] = rate(forward.payload.sum + backward.payload.sum)
    row[.flowPacketsPerSecond] = rate(Double(packets))
    row[.fwdHeaderLength] = Double(forward.headerBytes)
    row[.bwdHeaderLength] = Double(backward.headerBytes)
    row[.fwdPacketsPerSecond] = rate(Double(forward.packets))
    row[.bwdPacketsPerSecond] = rate(Double(backward.packets))
    row[.downUpRatio] = forward.packets > 0 ? Double(backward.packets) / Double(forward.packets) : 0
    row[.fwdInitialWindow] = Double(forward.firstWindow)
    row[.bwdInitialWindow] = Double(backward.firstWindow)
    row[.fwdHeaderMin] = Double(forward.headerMin)
  }

  /// Payload bytes a packet.
  private func fillLengths(_ row: borrowing MeasureRow) {
    let lengths = forward.payload.merged(backward.payload)
    row[.lengthMin] = lengths.min
    row[.lengthMax] = lengths.max
    row[.lengthMean] = lengths.mean
    row[.lengthStd] = lengths.deviation
    row[.lengthVariance] = lengths.variance
    row[.fwdPayload] = forward.payload.sum
    row[.bwdPayload] = backward.payload.sum
    row[.fwdLengthMax] = forward.payload.max
    row[.fwdLengthMin] = forward.payload.min
    row[.fwdLengthMean] = forward.payload.mean
    row[.fwdSegmentAverage] = forward.payload.mean
    row[.fwdLengthStd] = forward.payload.deviation
    row[.bwdLengthMax] = backward.payload.max
    row[.bwdLengthMin] = backward.payload.min
    row[.bwdLengthMean] = backward.payload.mean
    row[.bwdSegmentAverage] = backward.payload.mean
    row[.bwdLengthStd] = backward.payload.deviation
    row[.averagePacketSize] = lengths.mean
    row[.fwdDataPackets] = Double(forward.dataPackets)
  }

  /// Inter-arrival times.
  private func fillGaps(_ row: borrowing MeasureRow) {
    row[.flowIATMean] = gaps.mean
    row[.flowIATStd] = gaps.deviation
    row[.flowIATMax] = gaps.max
    row[.flowIATMin] = gaps.min
    row[.fwdIATTotal] = forward.gaps.sum
    row[.fwdIATMean] = forward.gaps.mean
    row[.fwdIATStd] = forward.gaps.deviation
    row[.fwdIATMax] = forward.gaps.max
    row[.fwdIATMin] = forward.gaps.min
    row[.bwdIATTotal] = backward.gaps.sum
    row[.bwdIATMean] = backward.gaps.mean
    row[.bwdIATStd] = backward.gaps.deviation
    row[.bwdIATMax] = backward.gaps.max
    row[.bwdIATMin] = backward.gaps.min
  }

  /// Packets by TCP flag.
  private func fillFlags(_ row: borrowing MeasureRow) {
    func count(_ flag: TCPFlags) -> Double {
      Double(forward.flagCounts[flag] + backward.flagCounts[flag])
    }
    row[.fwdPSH] = Double(forward.flagCounts[.psh])
    row[.bwdPSH] = Double(backward.flagCounts[.psh])
    row[.fwdURG] = Double(forward.flagCounts[.urg])
    row[.bwdURG] = Double(backward.flagCounts[.urg])
    row[.finCount] = count(.fin)
    row[.synCount] = count(.syn)
    row[.rstCount] = count(.rst)
    row[.pshCount] = count(.psh)
    row[.ackCount] = count(.ack)
    row[.urgCount] = count(.urg)
    row[.cwrCount] = count(.cwr)
    row[.eceCount] = count(.ece)
    row[.fwdRST] = Double(forward.flagCounts[.rst])
    row[.bwdRST] = Double(backward.flagCounts[.rst])
  }

  /// Bulks and subflows.
  private func fillBulks(_ row: borrowing MeasureRow) {
    func perSubflow(_ amount: Double) -> Double { amount / Double(subflows) }
    row[.fwdBytesPerBulk] = forward.bulks.bytesPerBulk
    row[.fwdPacketsPerBulk] = forward.bulks.packetsPerBulk
    row[.fwdBulkRate] = forward.bulks.rate
    row[.bwdBytesPerBulk] = backward.bulks.bytesPerBulk
    row[.bwdPacketsPerBulk] = backward.bulks.packetsPerBulk
    row[.bwdBulkRate] = backward.bulks.rate
    row[.subflowFwdPackets] = perSubflow(Double(forward.packets))
    row[.subflowFwdBytes] = perSubflow(forward.payload.sum)
    row[.subflowBwdPackets] = perSubflow(Double(backward.packets))
    row[.subflowBwdBytes] = perSubflow(backward.payload.sum)
  }

  /// Activity and idleness.
  private func fillSpans(_ row: borrowing MeasureRow) {
    let spans = activeSpans
    row[.activeMean] = spans.mean
    row[.activeStd] = spans.deviation
    row[.activeMax] = spans.max
    row[.activeMin] = spans.min
    row[.idleMean] = idle.mean
    row[.idleStd] = idle.deviation
    row[.idleMax] = idle.max
    row[.idleMin] = idle.min
  }

  /// What CICFlowMeter does not have.
  private func fillRest(_ row: borrowing MeasureRow) {
    row[.ipVersion] = Double(ipVersion)
    row[.durationZero] = last == start ? 1 : 0
    row[.bwdDataPackets] = Double(backward.dataPackets)
    row[.handshakeComplete] = tcp.isEstablished ? 1 : 0
    row[.fwdRetransmissions] = Double(forward.retransmissions)
    row[.bwdRetransmissions] = Double(backward.retransmissions)
    row[.outOfOrder] = Double(outOfOrder)
    row[.fragments] = Double(fragments)
    row[.truncated] = Double(truncated)
    row[.icmpType] = Double(icmpType)
    row[.icmpCode] = Double(icmpCode)
    row[.icmpErrors] = Double(icmpErrors)
    row[.dstPortClass] = Double(PortClass(destinationPort).rawValue)
    row[.srcPortClass] = Double(PortClass(sourcePort).rawValue)
    row[.dstPortExploit] = PortClass.isExploited(destinationPort) ? 1 : 0
    row[.arpRebinds] = Double(rebinds)
    row[.arpUnasked] = Double(unasked)
    row[.arpClaims] = Double(claims)
    row[.srcVerified] = Double(verification)
  }
}
