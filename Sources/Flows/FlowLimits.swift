public import Packets

/// The bounds and time-outs of a ``Featurizer``.
public struct FlowLimits: Sendable {
  /// Flows tracked at once; the least recently used out first, counted. About 1 KB each.
  public var flows = 65_536
  /// Keys of each kind of context (destination, service, source, pair). About 0.7 KB each.
  public var keys = 16_384
  /// How often rows of open flows are written, at first; then twice as long each time. µs.
  public var tick: Int64 = 250_000
  /// The longest time between rows of a flow that moves. µs.
  public var slowestTick: Int64 = 4_000_000
  /// A flow that moved this much since its last row is written at the next tick. Packets.
  public var burst = 256
  /// An unfinished TCP handshake is given up after this silence. µs.
  public var openingIdle: Int64 = 20_000_000
  /// An established TCP connection ends after this silence. µs.
  public var establishedIdle: Int64 = 120_000_000
  /// A finished or reset connection takes in stragglers for this long. µs.
  public var linger: Int64 = 2_000_000
  /// UDP, ICMP, ARP and others end after this silence. µs.
  public var otherIdle: Int64 = 60_000_000
  /// A flow older than this ends and goes on as a new one. µs; at most an hour, so that sums of
  /// squared gaps stay whole.
  public var active: Int64 = 1_800_000_000

  /// Whether a packet in a tunnel (GRE, VXLAN, IP in IP) counts to the flow within or to the tunnel's.
  public var tunnels = Tunnels.inner

  /// The defaults.
  public init() {}

  func idle(_ list: FlowList) -> Int64 {
    switch list {
    case .closed: linger
    case .opening: openingIdle
    case .other: otherIdle
    case .established: establishedIdle
    }
  }
}

/// Flows by how long they may be silent, in the order in which a full table gives them up.
enum FlowList: UInt8, CaseIterable, BitwiseCopyable {
  case closed
  case opening
  case other
  case established

  /// Its number among a ``RecencyList``'s lists.
  var index: Int { Int(rawValue) }
}

extension Flow {
  /// The list that the flow belongs to as it stands.
  @inline(__always) var properList: FlowList {
    guard kind == .tcp else { return .other }
    return tcp.isOver ? .closed : hasSucceeded ? .established : .opening
  }
}
