import Tables

// Ticks of packet time: when flows end, the windows are told, and rows are written.

extension Featurizer {
  // MARK: Ends within a tick

  /// A flow gives way within a tick: its row is written now, its growth told to the windows first.
  mutating func supersede(_ index: Int32, as state: FlowState) {
    contexts.apply(flows[index], at: nextTick)
    close(index, as: state, at: nextTick)
  }

  /// Makes room in the full table: the flow that was not used for longest, of the kind that says
  /// least.
  mutating func evictOldest() {
    for list in FlowList.allCases {
      var chances = 16
      while let index = recency.oldest(in: list.index) {
        // The lists are brought up to date at ticks only: what moved in this one is not old.
        if chances > 0, flows[index].pointee.applied.hasBegun, flows[index].pointee.hasMoved {
          recency.touch(index, in: list.index)
          chances -= 1
          continue
        }
        tally.evictedFlows += 1
        return supersede(index, as: .evicted)
      }
    }
  }

  /// Writes a flow's last row, or folds it, and forgets it.
  private mutating func close(_ index: Int32, as state: FlowState, at tick: Int64) {
    let flow = flows[index]
    let tcp = flow.pointee.tcp
    flow.pointee.end = tcp.isFinished ? .fin : tcp.wasReset ? .rst : state
    contexts.conclude(flow, at: tick)
    if flow.pointee.isSmall, case .fold(let key, _) = folder.fate(of: flow) {
      folder.fold(flow, into: key)
    } else {
      write(flow, sources: 1, at: tick)
    }
    // At the input's end all are told as they stood then, and nothing follows.
    if state != .end { contexts.disconnect(flow) }
    forget(index)
  }

  private mutating func forget(_ index: Int32) {
    flows[index].pointee.isLive = false
    flows[index].pointee.isDirty = false
    recency.remove(index, from: flows[index].pointee.list.index)
    flows.remove(index)
  }

  /// Ends all flows.
  mutating func endAll(at tick: Int64) {
    for index in dirty where flows[index].pointee.isLive {
      contexts.apply(flows[index], at: tick)
    }
    writePrefixes(at: tick)
    for list in FlowList.allCases {
      while let index = recency.oldest(in: list.index) { close(index, as: .end, at: tick) }
    }
    writeFolds(at: tick)
    dirty.removeAll(keepingCapacity: true)
  }

  // MARK: Ticks

  /// Carries out all ticks up to `now`.
  mutating func runTicks(to now: Int64) {
    let tick = limits.tick
    let floor = now >= 0 ? now / tick : (now - tick + 1) / tick
    if nextTick == .min {
      nextTick = (floor + 1) * tick
      return
    }
    while nextTick <= now {
      if dirty.isEmpty {
        // Nothing moved: go straight to the first time-out, or to the present.
        guard let due = firstTimeout(), due <= now else {
          nextTick = (floor + 1) * tick
          return
        }
        nextTick = max(nextTick, (due + tick - 1) / tick * tick)
        if nextTick > now { return }
      }
      runTick(at: nextTick)
      nextTick += tick
    }
  }

  private mutating func runTick(at tick: Int64) {
    tellWindows(at: tick)
    writePrefixes(at: tick)
    writeDue(at: tick)
    for list in FlowList.allCases { expire(list, at: tick) }
    writeFolds(at: tick)
  }

  /// Tells the windows what flows did, and takes out those that a flood's folded rows stand for.
  private mutating func tellWindows(at tick: Int64) {
    for index in dirty {
      let flow = flows[index]
      // A place that was taken again within the tick stands in the list twice.
      guard flow.pointee.isLive, flow.pointee.isDirty, flow.pointee.toldAt != tick else {
        continue
      }
      flow.pointee.toldAt = tick
      if flow.pointee.isSmall, isDue(flow, at: tick),
        case .fold(let key, let audience) = folder.fate(of: flow)
      {
        contexts.apply(flow, at: tick, to: audience)
        contexts.conclude(flow, at: tick, to: audience)
        contexts.disconnect(flow)
        folder.fold(flow, into: key)
        forget(index)
        continue
      }
      if flow.pointee.hasMoved { relist(index) }
      if flow.pointee.hasNews { contexts.apply(flow, at: tick) }
    }
  }

  /// Moves a flow to the recent end of the list it now belongs to.
  private mutating func relist(_ index: Int32) {
    let flow = flows[index]
    let list = flow.pointee.properList
    recency.remove(index, from: flow.pointee.list.index)
    recency.append(index, to: list.index)
    flow.pointee.list = list
  }

  private func isDue(_ flow: UnsafeMutablePointer<Flow>, at tick: Int64) -> Bool {
    tick >= flow.pointee.nextRow
      || flow.pointee.packets - flow.pointee.packetsAtRow >= limits.burst
  }

  /// Rows of open flows that moved.
  private mutating func writeDue(at tick: Int64) {
    var kept = 0
    for position in dirty.indices {
      let index = dirty[position]
      let flow = flows[index]
      guard flow.pointee.isLive, flow.pointee.isDirty else { continue }
      guard isDue(flow, at: tick) else {
        dirty[kept] = index
        kept += 1
        continue
      }
      flow.pointee.isDirty = false
      write(flow, sources: 1, at: tick)
      flow.pointee.packetsAtRow = flow.pointee.packets
      flow.pointee.nextRow = tick + flow.pointee.rowInterval
      flow.pointee.rowInterval = min(flow.pointee.rowInterval * 2, limits.slowestTick)
    }
    dirty.removeSubrange(kept...)
  }

  private mutating func expire(_ list: FlowList, at tick: Int64) {
    let idle = limits.idle(list)
    while let index = recency.oldest(in: list.index), flows[index].pointee.last + idle <= tick {
      close(index, as: .idle, at: tick)
    }
  }

  private func firstTimeout() -> Int64? {
    var first: Int64?
    for list in FlowList.allCases {
      guard let index = recency.oldest(in: list.index) else { continue }
      let due = flows[index].pointee.last + limits.idle(list)
      first = min(first ?? due, due)
    }
    return first
  }

  private mutating func writeFolds(at tick: Int64) {
    var folds = folder.take()
    for place in folds.indices {
      write(&folds[place].flow, sources: folds[place].sources, at: tick)
    }
    folder.begin(in: folds)
  }
}
