/// The public data sets whose class names Ward understands.
public enum PublicDataSet: String, CaseIterable, Sendable {
  /// CIC-IDS2017 (Sharafaldin, Lashkari and Ghorbani, ICISSP 2018), and its corrected edition (Engelen,
  /// Rimmer and Joosen, 2021; Liu et al., 2022).
  case cicIDS2017 = "CICIDS2017"
  /// CIC-DDoS2019 (Sharafaldin et al., ICCST 2019).
  case cicDDoS2019 = "CICDDoS2019"
  /// CICIoMT2024 (Dadkhah et al., 2024).
  case cicIoMT2024 = "CICIoMT2024"
  /// MQTTset (Vaccari et al., Sensors 2020).
  case mqttSet = "MQTTset"
  /// NSL-KDD (Tavallaee et al., CISDA 2009) with KDD Cup 99's names.
  case nslKDD = "NSL-KDD"
}

/// What a class of a public data set is in Ward's words.
public enum PublicLabel: Hashable, Sendable {
  /// The same as one of Ward's names.
  case attack(Attack)
  /// An attack that Ward does not name, with the reason.
  case outOfScope(Reason)

  /// Why a class has no name here.
  public enum Reason: String, Sendable {
    /// It happens on a host, in commands over one honest-looking connection.
    case noNetworkShape = "no network shape"
    /// The authors marked flows of the attack's time that carry no attack.
    case attemptedOnly = "attempted, without an attack's payload"
    /// The attack uses a flaw whose bytes are not looked at.
    case notLookedFor = "its bytes are not looked for"
  }

  /// Ward's name; nil for what is out of scope.
  public var attack: Attack? {
    guard case .attack(let attack) = self else { return nil }
    return attack
  }

  /// Finds a class by its published name, whatever its case, blanks, dashes and underscores; a dash
  /// that was mangled on the way (`Web Attack ï¿½ XSS`) does not matter either.
  ///
  /// - Returns: nil for a name that the data set does not have.
  public init?(_ name: String, in set: PublicDataSet) {
    let key = Self.key(name)
    if set == .cicIDS2017, key.hasSuffix("attempted") {
      guard Self.classes(of: set)[String(key.dropLast("attempted".count))] != nil else {
        return nil
      }
      self = .outOfScope(.attemptedOnly)
      return
    }
    let bare = set == .cicIoMT2024 ? Self.withoutPart(key) : key
    guard let found = Self.classes(of: set)[bare] else { return nil }
    self = found
  }

  /// `tcpipddossyn1train` → `tcpipddossyn`
  private static func withoutPart(_ key: String) -> String {
    var key = Substring(key)
    for ending in ["csv", "pcap"] where key.hasSuffix(ending) { key = key.dropLast(ending.count) }
    for part in ["train", "test"] where key.hasSuffix(part) { key = key.dropLast(part.count) }
    while let last = key.last, last.isNumber { key = key.dropLast() }
    return String(key)
  }

  /// Finds a class by its published name in any of the sets; the first that has it, in the order of
  /// ``PublicDataSet``. No name means two different things in them (a test holds it to that).
  public init?(_ name: String) {
    for set in PublicDataSet.allCases {
      if let found = Self(name, in: set) {
        self = found
        return
      }
    }
    return nil
  }

  /// The keys of a set: letters and digits of the published names, in lower case.
  public static func names(of set: PublicDataSet) -> [String] { classes(of: set).keys.sorted() }

  /// Letters and digits of a name, in lower case: what is left whatever became of blanks and dashes.
  private static func key(_ name: String) -> String {
    var key = ""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): key.unicodeScalars.append(.init(byte + 32))
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        key.unicodeScalars.append(.init(byte))
      default: continue
      }
    }
    return key
  }

  private static func classes(of set: PublicDataSet) -> [String: PublicLabel] {
    switch set {
    case .cicIDS2017: PublicClasses.cicIDS2017
    case .cicDDoS2019: PublicClasses.cicDDoS2019
    case .cicIoMT2024: PublicClasses.cicIoMT2024
    case .mqttSet: PublicClasses.mqttSet
    case .nslKDD: PublicClasses.nslKDD
    }
  }
}
