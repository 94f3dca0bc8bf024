import Detectors
import Models
import Tables
import Time

/// Rows that are judged together: enough for a model to take them tree by tree, few enough to stay in
/// the cache.
struct Batch {
  /// How many rows a full one has.
  static let size = 1_024
  /// ARP, ICMP, TCP, UDP, ICMPv6. No attack over another protocol was ever learned of, so what a model
  /// says of IGMP, GRE or OSPF is what it says of something that looks a little like them.
  private static let learned: Set<UInt8> = [0, 1, 6, 17, 58]

  /// Where the rows stand in their text.
  private(set) var kept: [KeptRow] = []
  /// Their numbers in the segment.
  private(set) var numbers: [Int] = []
  /// What the surest detector says of each.
  private(set) var findings: [Finding?] = []
  /// Whether each is of a protocol that attacks were learned of.
  private(set) var isLearned: [Bool] = []
  /// What the model looks at, row after row; empty without one.
  private(set) var inputs: [Float] = []
  /// What the baseline looks at, row after row; empty without one.
  private(set) var surroundings: [Float] = []
  /// Each row itself, if it was asked for.
  private(set) var evidence: [FlowEvidence] = []
  /// The time of the newest packet.
  private(set) var last = Timestamp(microseconds: .min)

  /// How many rows it has.
  var count: Int { kept.count }

  /// Takes a row.
  mutating func add(_ row: FlowEvidence, _ kept: KeptRow, _ court: Court) {
    self.kept.append(kept)
    numbers.append(row.identity.row)
    isLearned.append(Self.learned.contains(row.identity.ipProtocol))
    findings.append(court.detectors.judge(row).strongest)
    court.model?.gather(row.measures, into: &inputs)
    court.baseline?.gather(row.measures, into: &surroundings)
    if court.keepsEvidence { evidence.append(row) }
    last = max(last, row.identity.last)
  }

  /// Begins anew, keeping the memory.
  mutating func removeAll() {
    kept.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    isLearned.removeAll(keepingCapacity: true)
    findings.removeAll(keepingCapacity: true)
    inputs.removeAll(keepingCapacity: true)
    surroundings.removeAll(keepingCapacity: true)
    evidence.removeAll(keepingCapacity: true)
  }
}
