public import Packets
public import Tables
import Time

/// A row a packet instead of a row a flow: ``Table/packet``.
public struct PacketLister: ~Copyable {
  /// What happened so far.
  public struct Counters: Sendable {
    /// Packets that were listed.
    public var packets = 0
    /// Frames that carry neither IP nor ARP.
    public var otherFrames = 0
    /// Flows pushed out of a full table: their next packet counts as their first.
    public var evictedFlows = 0
  }

  /// What a flow sent so far, both ways.
  private struct Tally: BitwiseCopyable {
    /// µs.
    var last: Int64
    var packets = 0
    var bytes = 0
  }

  private var flows: BoundedTable<FlowKey, Tally>
  private var recency: RecencyList
  /// What happened so far.
  public private(set) var counters = Counters()
  /// The rows so far; the caller drains it.
  public var writer = RowWriter(header: .packet)

  /// A lister that has seen nothing; its writer begins with the header.
  ///
  /// - Parameter limit: flows counted at once; the least recently used out first. About 0.1 KB each.
  public init(flows limit: Int = FlowLimits().flows) {
    flows = BoundedTable(capacity: limit)
    recency = RecencyList(capacity: limit)
  }

  /// Takes a frame and writes its row, if it carries IP or ARP.
  public mutating func add(_ frame: Frame) {
    let packet = Packet(frame)
    guard packet.kind != .nonIP else {
      counters.otherFrames += 1
      return
    }
    counters.packets += 1
    let flow = flows[index(of: packet)]
    let gap = packet.time.microseconds &- flow.pointee.last
    flow.pointee.last = packet.time.microseconds
    flow.pointee.packets += 1
    flow.pointee.bytes += packet.ipLength
    write(packet, gap: Double(gap) / 1_000, flow.pointee)
  }

  /// The packet's flow; a new one last moved with this packet.
  private mutating func index(of packet: Packet) -> Int32 {
    let key = withUnsafePointer(to: packet) { FlowKey.of($0).key }
    if let known = flows.find(key) {
      recency.touch(known)
      return known
    }
    if flows.isFull, let oldest = recency.oldest() {
      counters.evictedFlows += 1
      recency.remove(oldest)
      flows.remove(oldest)
    }
    let index = flows.insert(key)
    flows[index].initialize(to: Tally(last: packet.time.microseconds))
    recency.append(index)
    return index
  }

  private mutating func write(_ packet: Packet, gap: Double, _ flow: Tally) {
    let flags = packet.tcpFlags
    writer.cell(counters.packets)
    writer.cell(packet.time)
    writer.cell(packet.source)
    writer.cell(packet.destination)
    writer.cell(Int(packet.sourcePort))
    writer.cell(Int(packet.destinationPort))
    writer.cell(Int(packet.ipProtocol))
    writer.cell(flags.contains(.fin) ? 1 : 0)
    writer.cell(flags.contains(.syn) ? 1 : 0)
    writer.cell(flags.contains(.rst) ? 1 : 0)
    writer.cell(flags.contains(.psh) ? 1 : 0)
    writer.cell(flags.contains(.ack) ? 1 : 0)
    writer.cell(flags.contains(.urg) ? 1 : 0)
    writer.cell(flags.isDisjoint(with: [.ece, .cwr]) ? 0 : 1)
    writer.cell(Int(packet.typeOfService))
    writer.cell(gap)
    writer.cell(flow.packets)
    writer.cell(flow.bytes)
    writer.endRow()
  }
}
