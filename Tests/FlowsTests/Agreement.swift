import Tables
import Testing

/// What holds between the columns of any row, whatever the capture.
struct Agreement {
  let row: Row
  private let sourceLocation: SourceLocation

  static func expect(_ rows: [Row], sourceLocation: SourceLocation = #_sourceLocation) {
    for row in rows { Agreement(row: row, sourceLocation: sourceLocation).check() }
  }

  private func check() {
    checkNumbers()
    checkSpreads()
    checkCounts()
    checkTimes()
  }

  private func hold(_ condition: Bool, _ what: @autoclosure () -> String) {
    if condition { return }
    Issue.record("\(what()) in \(row.identity)", sourceLocation: sourceLocation)
  }

  private func checkNumbers() {
    for measure in Measure.allCases {
      hold(row[measure].isFinite && row[measure] >= 0, measure.rawValue)
    }
    let shares: [Measure] = [
      .dstCompletedShare1s, .dstReplyShare1s, .svcReplyShare1s, .srcSYNShare1s,
      .srcFailedShare60s, .pairFailedShare60s,
    ]
    for share in shares { hold(row[share] <= 1, share.rawValue) }
  }

  private func checkSpreads() {
    let families: [(min: Measure, mean: Measure, max: Measure, deviation: Measure)] = [
      (.fwdLengthMin, .fwdLengthMean, .fwdLengthMax, .fwdLengthStd),
      (.bwdLengthMin, .bwdLengthMean, .bwdLengthMax, .bwdLengthStd),
      (.lengthMin, .lengthMean, .lengthMax, .lengthStd),
      (.flowIATMin, .flowIATMean, .flowIATMax, .flowIATStd),
      (.fwdIATMin, .fwdIATMean, .fwdIATMax, .fwdIATStd),
      (.bwdIATMin, .bwdIATMean, .bwdIATMax, .bwdIATStd),
      (.activeMin, .activeMean, .activeMax, .activeStd),
      (.idleMin, .idleMean, .idleMax, .idleStd),
    ]
    for family in families {
      let (low, mean, high) = (row[family.min], row[family.mean], row[family.max])
      hold(isAtMost(low, mean) && isAtMost(mean, high), family.mean.rawValue)
      hold(isAtMost(row[family.deviation], high - low), family.deviation.rawValue)
    }
  }

  private func checkCounts() {
    let packets = row[.packets]
    hold(row[.fwdPackets] + row[.bwdPackets] == packets, "packets each way")
    hold(row[.fwdPSH] + row[.bwdPSH] == row[.pshCount], "PSH each way")
    hold(row[.fwdURG] + row[.bwdURG] == row[.urgCount], "URG each way")
    hold(row[.fwdRST] + row[.bwdRST] == row[.rstCount], "RST each way")
    hold(isNear(row[.lengthMean] * packets, row[.fwdPayload] + row[.bwdPayload]), "mean payload")
    let flags: [(Measure, Measure)] = [
      (.fin, .finCount), (.syn, .synCount), (.rst, .rstCount), (.psh, .pshCount),
      (.ack, .ackCount), (.urg, .urgCount),
    ]
    for (flag, count) in flags { hold(row[flag] == (row[count] > 0 ? 1 : 0), flag.rawValue) }
    let parts: [Measure] = [
      .finCount, .synCount, .rstCount, .pshCount, .ackCount, .urgCount, .cwrCount, .eceCount,
      .outOfOrder, .fragments, .truncated, .emptyPayloads,
    ]
    for part in parts { hold(row[part] <= packets, part.rawValue) }
    hold(row[.handshakeComplete] == 0 || row[.srcVerified] == 2, "a handshake proves the source")
  }

  private func checkTimes() {
    let duration = row[.flowDuration]
    hold(row.identity.start <= row.identity.last, "start and last")
    hold(row[.durationZero] == (duration == 0 ? 1 : 0), "no duration")
    hold(
      isNear(row[.flowPacketsPerSecond] * duration / 1e6, duration > 0 ? row[.packets] : 0), "rate")
    let spans: [Measure] = [.flowIATMax, .fwdIATTotal, .bwdIATTotal, .activeMax, .idleMax]
    for span in spans { hold(isAtMost(row[span], duration), span.rawValue) }
    guard row.identity.state != .folded else { return }
    hold(isNear(row[.flowIATMean] * (row[.packets] - 1), duration), "gaps add up to the duration")
  }

  /// Cells have six decimals, and sums of products carry their rounding.
  private func isNear(_ left: Double, _ right: Double) -> Bool {
    abs(left - right) <= 1e-6 * (abs(right) + row[.packets] + row[.flowDuration] / 1e6)
  }

  private func isAtMost(_ left: Double, _ right: Double) -> Bool {
    left <= right + 1e-6 + 1e-9 * abs(right)
  }
}
