/// The queues of the spool; `spool/README.md` says who writes and who takes each.
public enum Queue: String, CaseIterable, Sendable {
  case captured
  case featurized
  case malicious
  case benign
  case mitigated
  case notices
  case orders

  /// The extension of the files in it.
  public var fileExtension: String { self == .captured ? "pcap" : "csv" }

  /// The bound that holds unless the configuration says otherwise.
  public var limits: Limits {
    switch self {
    case .captured: Limits(files: 1_024, bytes: 256 << 20)
    case .featurized: Limits(files: 1_024, bytes: 256 << 20)
    case .malicious, .mitigated: Limits(files: 4_096, bytes: 512 << 20)
    case .benign: Limits(files: 16_384, bytes: 512 << 20)
    case .notices: Limits(files: 4_096, bytes: 64 << 20)
    case .orders: Limits(files: 256, bytes: 1 << 20)
    }
  }
}

/// The most that may wait in a queue.
public struct Limits: Sendable, Equatable {
  /// Files in `new/`.
  public var files: Int
  /// Their bytes.
  public var bytes: Int

  /// A bound in files and in bytes, each at least 1.
  public init(files: Int, bytes: Int) {
    self.files = max(1, files)
    self.bytes = max(1, bytes)
  }
}
