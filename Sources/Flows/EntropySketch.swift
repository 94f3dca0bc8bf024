/// How evenly things are spread, from counts in 32 buckets by hash.
///
/// Entropy of addresses and ports tells a flood from a crowd and a scan from work (Lakhina, Crovella
/// and Diot, "Mining Anomalies Using Traffic Feature Distributions", 2005). Buckets make it a lower
/// bound; it is normalised by the most that so many things in 32 buckets could have.
struct EntropySketch: BitwiseCopyable {
  private var buckets = InlineArray<32, UInt16>(repeating: 0)

  private var total: UInt32 = 0

  @inline(__always) mutating func add(_ hash: UInt64) {
    let bucket = Int(hash >> 59)
    total &+= 1
    buckets[bucket] &+= 1
    if buckets[bucket] == .max { halve() }
  }

  private mutating func halve() {
    total = 0
    for bucket in buckets.indices {
      buckets[bucket] >>= 1
      total += UInt32(buckets[bucket])
    }
  }

  /// Normalised Shannon entropy of `current` and the share `coverage` of `previous`, 0 to 1; 0 for
  /// fewer than two things.
  static func entropy(
    _ current: EntropySketch, _ previous: EntropySketch, coverage: Float
  ) -> Double {
    let weight = UInt32(coverage * 16)
    let total = current.total &* 16 &+ previous.total &* weight
    guard total >= 32 else { return 0 }
    var scale: UInt32 = 0
    while total >> scale > mostCount { scale += 1 }
    var sum: UInt32 = 0
    var weighted = 0.0
    terms.withUnsafeBufferPointer { terms in
      for bucket in 0..<32 {
        let now = UInt32(current.buckets[bucket])
        let before = UInt32(previous.buckets[bucket])
        let count = (now &* 16 &+ before &* weight) >> scale
        sum &+= count
        weighted += terms[Int(count)]
      }
    }
    guard sum > 1 else { return 0 }
    let bits = binaryLogarithm(Double(sum)) - weighted / Double(sum)
    let most = binaryLogarithm(min(32, Double(total) / 16))
    return most > 0 ? min(1, max(0, bits / most)) : 0
  }

  private static let mostCount: UInt32 = 4_096

  /// n log₂ n.
  private static let terms: [Double] = (0...mostCount).map { count in
    count > 1 ? Double(count) * binaryLogarithm(Double(count)) : 0
  }
}

/// Which times to live a source's flows had: 256 bits.
struct TTLSet: BitwiseCopyable {
  private var bits = InlineArray<4, UInt64>(repeating: 0)

  func contains(_ ttl: UInt8) -> Bool { bits[Int(ttl >> 6)] >> UInt64(ttl & 63) & 1 == 1 }

  mutating func insert(_ ttl: UInt8) { bits[Int(ttl >> 6)] |= 1 << UInt64(ttl & 63) }

  /// How many distinct ones either of two sets holds.
  static func count(_ one: TTLSet, _ other: TTLSet) -> Int {
    one.bits.indices.reduce(0) { $0 + (one.bits[$1] | other.bits[$1]).nonzeroBitCount }
  }
}
