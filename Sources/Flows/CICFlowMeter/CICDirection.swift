import Packets

/// What one end of a flow sent, as CICFlowMeter counts it.
struct CICDirection: BitwiseCopyable {
  /// Payload of every packet; its count is the number of packets.
  private(set) var payload = SummaryStatistics()
  private(set) var gaps = SummaryStatistics()
  private(set) var bytes = 0
  private(set) var headerBytes = 0
  /// 0 in the direction that did not open the flow.
  private(set) var headerMin = 0
  /// The newest packet's. CICFlowMeter calls it the initial one.
  var window = 0
  /// Packets with payload, the opening one left out.
  private(set) var dataPackets = 0
  private(set) var psh = 0
  private(set) var urg = 0
  private(set) var rst = 0
  var fin = 0
  var bulk = CICBulk()
  private var last: Int64 = 0

  var packets: Int { payload.count }

  /// Counts the packet that opens the flow.
  mutating func open(_ packet: CICPacket) {
    headerMin = packet.header
    window = packet.window
    count(packet)
    if packet.flags.contains(.psh) { psh += 1 }
    if packet.flags.contains(.urg) { urg += 1 }
  }

  /// Counts a later packet.
  mutating func add(_ packet: CICPacket, _ rules: CICRules) {
    if packet.payload > 0 { dataPackets += 1 }
    if packets > 0 { gaps.add(Double(packet.time &- last)) }
    count(packet)
    headerMin = min(headerMin, packet.header)
    guard !rules.countsOpeningFlagsOnly else { return }
    if packet.flags.contains(.psh) { psh += 1 }
    if packet.flags.contains(.urg) { urg += 1 }
    if packet.flags.contains(.fin) { fin += 1 }
    if packet.flags.contains(.rst) { rst += 1 }
  }

  private mutating func count(_ packet: CICPacket) {
    payload.add(Double(packet.payload))
    bytes += packet.payload
    headerBytes += packet.header
    last = packet.time
  }
}
