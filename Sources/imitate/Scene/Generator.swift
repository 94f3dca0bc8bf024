import Glibc

/// Pseudo-random numbers that depend on the seed alone: SplitMix64 (Steele, Lea, Flood 2014).
///
/// Every draw is spelled out here, not taken from the standard library, so that a newer compiler
/// makes the same captures.
struct Generator: Sendable {
  private var state: UInt64

  /// A generator of its own for every `stream` of a seed, so that a new act changes no other.
  init(seed: UInt64, stream: String) {
    state = seed
    for byte in stream.utf8 {
      state = (state ^ UInt64(byte)) &* 0x100_0000_01B3
      _ = next()
    }
  }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A whole number of `range`, each as likely.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    let width = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int(next().multipliedFullWidth(by: width).high)
  }

  /// A number of `range`.
  mutating func real(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + Double(next() >> 11) * 0x1p-53 * (range.upperBound - range.lowerBound)
  }

  /// A number of `range` (> 0) whose logarithm is evenly spread: slow as likely as fast.
  mutating func spread(_ range: ClosedRange<Double>) -> Double {
    exp(real(log(range.lowerBound)...log(range.upperBound)))
  }

  /// A waiting time with this mean; at most ten times it.
  mutating func exponential(_ mean: Double) -> Double {
    min(-log(1 - real(0...1) * 0.99999), 10) * mean
  }

  /// True with probability `share`.
  mutating func chance(_ share: Double) -> Bool { real(0...1) < share }

  /// One of `choices`.
  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[number(0...(choices.count - 1))]
  }

  /// `count` of `choices`, in a new order.
  mutating func sample<Element>(_ choices: [Element], _ count: Int) -> [Element] {
    var rest = choices
    for index in stride(from: rest.count - 1, to: 0, by: -1) {
      rest.swapAt(index, number(0...index))
    }
    return Array(rest.prefix(count))
  }

  /// `count` bytes.
  mutating func bytes(_ count: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count + 8)
    while result.count < count {
      withUnsafeBytes(of: next().littleEndian) { result.append(contentsOf: $0) }
    }
    result.removeLast(result.count - count)
    return result
  }

  /// `count` small letters and digits.
  mutating func word(_ count: Int) -> String {
    let letters: [Character] = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    var result = ""
    for _ in 0..<count { result.append(letters[number(0...35)]) }
    return result
  }

  /// 16 bits.
  mutating func word16() -> UInt16 { UInt16(truncatingIfNeeded: next()) }
  /// 32 bits.
  mutating func word32() -> UInt32 { UInt32(truncatingIfNeeded: next()) }
}
