import Tables

// The context columns of a row, from the windows that end at the tick it is written at.

extension DestinationContext {
  mutating func fill(_ row: borrowing MeasureRow, at time: Int64) {
    second.roll(to: time, Width.second)
    minute.roll(to: time, Width.minute)
    let coverage = second.coverage(at: time, Width.second)
    let (now, before) = (second.current, second.previous)
    let counts = now.counts + before.counts * coverage
    row[.dstFlows1s] = counts.count(Lane.flows)
    row[.dstPackets1s] = counts.count(Lane.packets)
    row[.dstBytes1s] = counts.count(Lane.bytes)
    row[.dstSources1s] = sources.estimate(at: time, Width.second)
    row[.dstHalfOpen1s] = counts.halfOpen
    row[.dstCompletedShare1s] = counts.completedShare
    row[.dstUDP1s] = counts.count(Lane.udp)
    row[.dstICMP1s] = counts.count(Lane.icmp)
    row[.dstReplyShare1s] = counts.share(Lane.replies, of: Lane.packets)
    row[.dstMeanSize1s] = counts.ratio(Lane.bytes, to: Lane.packets)
    row[.dstSYNShare1s] = counts.share(Lane.syns, of: Lane.packets)
    row[.dstResetShare1s] = counts.share(Lane.resets, of: Lane.flows)
    row[.dstUnreachableShare1s] = counts.share(Lane.unreachable, of: Lane.packets)
    row[.dstSourceEntropy1s] = EntropySketch.entropy(
      now.sourceSpread, before.sourceSpread, coverage: coverage)
    row[.dstPortEntropy1s] = EntropySketch.entropy(
      now.portSpread, before.portSpread, coverage: coverage)
    let minutes = minute.sum(at: time, Width.minute)
    row[.dstFlows60s] = minutes.count(Lane.flows)
    row[.dstPackets60s] = minutes.count(Lane.packets)
    row[.dstFailedShare100] = failed.value
    row[.dstFragments1s] = counts.count(Lane.fragments)
    row[.dstBackscatter1s] = counts.count(Lane.backscatter)
  }

  /// New flows in the last second that answered the host though it had not asked.
  mutating func backscatter(at time: Int64) -> Double {
    second.roll(to: time, Width.second)
    let coverage = second.coverage(at: time, Width.second)
    return (second.current.counts + second.previous.counts * coverage).count(Lane.backscatter)
  }
}

extension ServiceContext {
  mutating func fill(_ row: borrowing MeasureRow, at time: Int64) {
    second.roll(to: time, Width.second)
    minute.roll(to: time, Width.minute)
    let coverage = second.coverage(at: time, Width.second)
    let (now, before) = (second.current, second.previous)
    let counts = now.counts + before.counts * coverage
    row[.svcFlows1s] = counts.count(Lane.flows)
    row[.svcPackets1s] = counts.count(Lane.packets)
    row[.svcSources1s] = sources.estimate(at: time, Width.second)
    row[.svcHalfOpen1s] = counts.halfOpen
    row[.svcReplyShare1s] = counts.share(Lane.replies, of: Lane.packets)
    row[.svcBytes1s] = counts.count(Lane.bytes)
    row[.svcCompletedShare1s] = counts.completedShare
    row[.svcSourceEntropy1s] = EntropySketch.entropy(
      now.sourceSpread, before.sourceSpread, coverage: coverage)
    let minutes = minute.sum(at: time, Width.minute)
    row[.svcFlows60s] = minutes.count(Lane.flows)
    row[.svcPackets60s] = minutes.count(Lane.packets)
    row[.svcReplyByteRatio60s] = minutes.ratio(Lane.replyBytes, to: Lane.bytes)
    row[.svcOpenFlows] = Double(open.count)
  }
}

extension SourceContext {
  /// Whether no flow of the window had this time to live; false for a source that was not known.
  func isNew(_ ttl: UInt8) -> Bool {
    TTLSet.count(minute.current.ttls, minute.previous.ttls) > 0
      && !minute.current.ttls.contains(ttl) && !minute.previous.ttls.contains(ttl)
  }

  mutating func fill(_ row: borrowing MeasureRow, at time: Int64) {
    second.roll(to: time, Width.second)
    minute.roll(to: time, Width.minute)
    let counts = second.sum(at: time, Width.second)
    row[.srcFlows1s] = counts.count(Lane.flows)
    row[.srcPackets1s] = counts.count(Lane.packets)
    row[.srcBytes1s] = counts.count(Lane.bytes)
    row[.srcSYNShare1s] = counts.share(Lane.syns, of: Lane.packets)
    row[.srcReplyShare1s] = counts.share(Lane.replies, of: Lane.packets)
    row[.srcFailedShare100] = failed.value
    row[.srcSizeMean] = sizes.mean
    row[.srcSizeStd] = sizes.deviation
    let coverage = minute.coverage(at: time, Width.minute)
    let (now, before) = (minute.current, minute.previous)
    let minutes = now.counts + before.counts * coverage
    row[.srcFlows60s] = minutes.count(Lane.flows)
    row[.srcHosts60s] = hosts.estimate(at: time, Width.minute)
    row[.srcPorts60s] = ports.estimate(at: time, Width.minute)
    row[.srcPortEntropy60s] = EntropySketch.entropy(
      now.portSpread, before.portSpread, coverage: coverage)
    row[.srcFailedShare60s] = minutes.failedShare
    row[.srcExploitFlows60s] = minutes.count(Lane.exploits)
    row[.srcHalfOpen60s] = minutes.halfOpen
    row[.srcResetShare60s] = minutes.share(Lane.resets, of: Lane.flows)
    row[.srcUnreachableShare60s] = minutes.share(Lane.unreachable, of: Lane.packets)
    row[.srcTTLs60s] = Double(TTLSet.count(now.ttls, before.ttls))
    row[.srcFailedTargets1h] = failedTargets.estimate(at: time, Width.hour)
    row[.srcLoginFailures10m] = refusals.total(at: time, Width.tenMinutes)
  }
}

extension PairContext {
  mutating func fill(_ row: borrowing MeasureRow, at time: Int64) {
    second.roll(to: time, Width.second)
    minute.roll(to: time, Width.minute)
    row[.pairPackets1s] = second.sum(at: time, Width.second).count(Lane.packets)
    let minutes = minute.sum(at: time, Width.minute)
    row[.pairFlows60s] = minutes.count(Lane.flows)
    row[.pairPorts60s] = ports.estimate(at: time, Width.minute)
    row[.pairFailedShare60s] = minutes.failedShare
    row[.pairBytes60s] = minutes.count(Lane.bytes)
    row[.pairReplyByteRatio60s] = minutes.ratio(Lane.replyBytes, to: Lane.bytes)
    row[.pairSizeMean] = sizes.mean
    row[.pairSizeStd] = sizes.deviation
    row[.pairOpenFlows] = Double(open.count)
    row[.pairRequests60s] = requests.total(at: time, Width.minute)
    row[.pairLoginFailures10m] = refusals.total(at: time, Width.tenMinutes)
    row[.pairGaps] = Double(gaps.count)
    row[.pairGapMean] = gaps.mean
    row[.pairGapVariation] = gaps.variation
  }
}
