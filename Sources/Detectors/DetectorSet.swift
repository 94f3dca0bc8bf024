/// All detectors, asked one after the other.
public struct DetectorSet: Sendable {
  /// In order of preference: of equally sure ones the earlier speaks.
  public let detectors: [any Detector]

  /// Nobody, to measure what the model is worth alone.
  public static let none = DetectorSet(detectors: [])

  private init(detectors: [any Detector]) { self.detectors = detectors }

  /// Every detector at its defaults.
  public init() { self.init { _, fallback in fallback } }

  /// Every detector with thresholds from a configuration; see ``Detector/init(_:)``.
  public init(
    _ threshold: (_ key: String, _ fallback: Double) throws -> Double
  ) rethrows {
    var known: [String: Double] = [:]
    // Two rules may share a threshold; whoever reads the configuration is asked once.
    func once(_ key: String, _ fallback: Double) throws -> Double {
      if let value = known[key] { return value }
      let value = try threshold(key, fallback)
      known[key] = value
      return value
    }
    detectors = try Self.kinds.map { try $0.init(once) }
  }

  /// Everything the detectors see in a row.
  public func judge(_ row: FlowEvidence) -> Findings {
    Findings(all: detectors.compactMap { $0.judge(row) })
  }

  private static let kinds: [any Detector.Type] = [
    SQLInjection.self, WebAttack.self, ARPSpoof.self, SYNFlood.self, Amplification.self,
    TCPReflection.self, UDPFlood.self, ICMPFlood.self, DDoS.self, FragmentFlood.self,
    MQTTMalformed.self, MQTTFlood.self, HTTPFlood.self, SlowHTTP.self, BruteForce.self,
    ExploitProbe.self, PortScan.self, OddFlags.self, DNSTunnel.self, MQTTHarvest.self, Beacon.self,
  ]
}

/// What the detectors see in one row.
public struct Findings: Equatable, Sendable {
  /// In the order of ``DetectorSet/detectors``.
  public let all: [Finding]

  /// The surest, those that the flow's own bytes prove before others; of equals the first. Nil if nobody speaks.
  public var strongest: Finding? { Detectors.strongest(all) }
}
