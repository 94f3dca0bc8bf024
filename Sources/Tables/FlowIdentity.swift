public import Addresses
public import Time

/// Why a row was written.
public enum FlowState: String, CaseIterable, Sendable, BitwiseCopyable {
  /// The flow goes on; this is what was seen so far. Every other state is a flow's last row: over
  /// these, packets and bytes add up to the capture's.
  case open
  /// FIN both ways, acknowledged.
  case fin
  /// RST.
  case rst
  /// No packet for the idle time-out.
  case idle
  /// Older than the active time-out; what follows is a new flow.
  case active
  /// Pushed out of a full table.
  case evicted
  /// A new SYN took over the same addresses and ports.
  case reused
  /// Small flows to one target, in one row.
  case folded
  /// The input ended.
  case end
}

/// What a row is about: who spoke to whom, when. Never a model's input.
public struct FlowIdentity: Hashable, Sendable {
  /// Position in the segment, from 1.
  public var row: Int
  /// Time of the first packet.
  public var start: Timestamp
  /// Time of the newest packet.
  public var last: Timestamp
  /// The initiator; unspecified in a row that folds several sources.
  public var source: IPAddress
  /// The initiator's port; 0 for none, or several.
  public var sourcePort: UInt16
  /// The responder.
  public var destination: IPAddress
  /// The responder's port; 0 for none, or several.
  public var destinationPort: UInt16
  /// IP protocol number; 0 for ARP.
  public var ipProtocol: UInt8
  /// The initiator's link-layer address as seen on this wire; zero if there is none.
  public var sourceMAC: MACAddress
  /// The responder's link-layer address as seen on this wire; zero if there is none.
  public var destinationMAC: MACAddress
  /// What the flow carries: `mqtt`, `http`, `dns`, ...; `-` if unknown.
  public var application: String
  /// Community ID version 1, `1:` and 28 base64 characters; `-` for ARP and folded rows.
  public var communityID: String
  /// Why the row was written.
  public var state: FlowState
  /// The box that heard it.
  public var sensor: String

  /// Makes an identity from its parts.
  public init(
    row: Int, start: Timestamp, last: Timestamp, source: IPAddress, sourcePort: UInt16,
    destination: IPAddress, destinationPort: UInt16, ipProtocol: UInt8,
    sourceMAC: MACAddress = .none, destinationMAC: MACAddress = .none, application: String = "-",
    communityID: String = "-", state: FlowState, sensor: String
  ) {
    self.row = row
    self.start = start
    self.last = last
    self.source = source
    self.sourcePort = sourcePort
    self.destination = destination
    self.destinationPort = destinationPort
    self.ipProtocol = ipProtocol
    self.sourceMAC = sourceMAC
    self.destinationMAC = destinationMAC
    self.application = application
    self.communityID = communityID
    self.state = state
    self.sensor = sensor
  }
}
