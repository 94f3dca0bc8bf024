import Tables

extension Featurizer {
  /// Writes a row of `flow` as it stands, with the windows that end at `tick`.
  ///
  /// - Parameter sources: the distinct sources of a folded row.
  mutating func write(_ flow: UnsafeMutablePointer<Flow>, sources: Double, at tick: Int64) {
    row += 1
    tally.rows += 1
    guard !isSilent else { return }
    writer.cells(identity(of: flow))
    flow.pointee.fill(measures, sources: sources)
    contexts.fill(measures, flow, at: tick)
    writer.cells(measures.all)
    writer.endRow()
  }

  private func identity(of flow: UnsafeMutablePointer<Flow>) -> FlowIdentity {
    FlowIdentity(
      row: row, start: flow.pointee.firstTime,
      last: max(flow.pointee.firstTime, flow.pointee.lastTime), source: flow.pointee.source,
      sourcePort: flow.pointee.sourcePort, destination: flow.pointee.destination,
      destinationPort: flow.pointee.destinationPort, ipProtocol: flow.pointee.ipProtocol,
      sourceMAC: flow.pointee.sourceMAC, destinationMAC: flow.pointee.destinationMAC,
      application: flow.pointee.application.name,
      communityID: flow.pointee.end == .folded ? "-" : communityIDs.of(flow),
      state: flow.pointee.end, sensor: sensor)
  }
}
