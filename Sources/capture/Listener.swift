import CPcap
import Spool
import Stage
import Time

/// The live loop: sleep until the kernel hands on a block, a signal comes or a segment is due; take
/// all there is; cut and publish. It never waits for anything else.
struct Listener: ~Copyable {
  private let handle: PacketHandle
  private let interface: String
  private let heartbeat: Int64
  /// Microseconds after which the kernel has certainly handed on a packet: it looks at a block every
  /// `block-timeout` and closes it when it has seen it twice.
  private let lag: Int64
  private let cell: Int64
  private let signals: Signals
  private var publisher: Publisher
  private var builder: SegmentBuilder
  private var lastPublished = monotonicClock()

  /// Packets taken before signals are looked at again.
  private static let batch = 10_000

  init(
    _ handle: consuming PacketHandle, _ interface: String, _ plan: Plan,
    _ publisher: consuming Publisher, _ signals: Signals
  ) {
    self.interface = interface
    self.signals = signals
    heartbeat = Int64(plan.heartbeat) * 1_000_000
    lag = Int64(plan.blockTimeout) * 2_000 + 10_000
    cell = plan.rules.cell
    builder = SegmentBuilder(
      rules: plan.rules, linkType: handle.linkType, snapLength: handle.snapLength)
    self.publisher = publisher
    self.handle = handle
  }

  /// Runs until SIGTERM or SIGINT.
  ///
  /// - Throws: ``Failure`` (tryAgain) when the interface goes away, after all that was held is
  ///   published; `SpoolError`.
  mutating func run() throws {
    let descriptors = [signals.pollDescriptor, pcap_get_selectable_fd(handle.pointer)]
    do {
      while !signals.stopRequested {
        let now = wallClock()
        let isDrained = try drain()
        if isDrained { try cutWhatIsDue(now) }
        try publisher.tell(now)
        if isDrained { sleepUntilReadable(descriptors, milliseconds: patience()) }
        signals.take()
      }
      _ = try drain()
    } catch let failure as PacketFailure {
      // The next life goes on, and so do the flows.
      countKernelDrops()
      if let segment = builder.cutRest() { try publisher.publishDropping(segment) }
      try publisher.finish()
      throw Failure(.tryAgain, "unable to go on capturing on \(interface): \(failure.message)")
    }
    try finish()
  }

  /// Takes what the kernel has, a batch at most; true if that was all.
  private mutating func drain() throws -> Bool {
    for _ in 0..<Self.batch {
      guard case .packet(let packet) = try handle.next() else { return true }
      if let segment = builder.cut(before: packet) { try publish(segment) }
      builder.add(packet)
    }
    return false
  }

  /// Cuts what no packet has cut. All that the kernel held at `now` has been taken.
  private mutating func cutWhatIsDue(_ now: Timestamp) throws {
    if let boundary = builder.boundary {
      let wait = boundary.advanced(by: lag).microseconds(since: now)
      if wait <= 0 {
        try publish(builder.cut(at: boundary))
      } else if wait > cell + lag, let segment = builder.cutRest() {
        try publish(segment)  // the clock was stepped back
      }
    } else if monotonicClock() - lastPublished >= heartbeat {
      try publish(builder.cut(at: builder.boundary(notAfter: now.advanced(by: -lag))))
    }
  }

  private mutating func publish(_ segment: Segment) throws {
    countKernelDrops()
    try publisher.publishDropping(segment)
    lastPublished = monotonicClock()
  }

  /// Milliseconds until something is due: the open segment or the next empty one, and losses.
  private func patience() -> Int {
    let now = wallClock()
    var wait = heartbeat - (monotonicClock() - lastPublished)
    if let boundary = builder.boundary {
      wait = boundary.advanced(by: lag).microseconds(since: now)
    }
    if let due = publisher.losses.due(now) { wait = min(wait, due.microseconds(since: now)) }
    // While an interface is down, libpcap asks to be called again to see whether it is still there.
    if let asked = pcap_get_required_select_timeout(handle.pointer)?.pointee {
      wait = min(wait, Int64(asked.tv_sec) * 1_000_000 + Int64(asked.tv_usec))
    }
    return Int(clamping: (max(wait, 0) + 999) / 1_000)
  }

  private mutating func countKernelDrops() {
    var statistics = pcap_stat()
    guard pcap_stats(handle.pointer, &statistics) == 0 else { return }
    // ps_drop wraps at 32 bits.
    let known = publisher.losses.kernel.packets
    let more = statistics.ps_drop &- UInt32(truncatingIfNeeded: known)
    publisher.losses.setKernel(packets: known + Int(more), interface: interface)
  }

  private mutating func finish() throws {
    countKernelDrops()
    let now = builder.boundary(notAfter: wallClock().advanced(by: -lag))
    try publisher.publishDropping(builder.cutRest() ?? builder.cut(at: now), isEnd: true)
    try publisher.finish()
  }
}
