extension Timestamp {
  /// As ``init(_:)``, from bytes anywhere. Quick for what ``write(_:at:)`` writes in the extended form.
  public init?(ascii text: UnsafeRawBufferPointer) {
    if text.count == Self.mostText, let moment = Timestamp(extended: text) {
      self = moment
    } else {
      self.init(ascii: Array(text)[...])
    }
  }

  /// `2025-05-06T01:09:00.123456Z`; nil for anything else.
  private init?(extended text: UnsafeRawBufferPointer) {
    guard text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"),
      text[16] == UInt8(ascii: ":"), text[19] == UInt8(ascii: "."), text[26] == UInt8(ascii: "Z"),
      let century = text.pair(0), let year = text.pair(2), let month = text.pair(5),
      let day = text.pair(8), let hour = text.pair(11), let minute = text.pair(14),
      let second = text.pair(17), let first = text.pair(20), let middle = text.pair(22),
      let last = text.pair(24), month >= 1, month <= 12, hour <= 23, minute <= 59, second <= 60,
      day >= 1, day <= daysInMonth(century * 100 + year, month)
    else { return nil }
    let days = daysFromCivil(century * 100 + year, month, day)
    self.init(
      seconds: days * 86_400 + hour * 3_600 + minute * 60 + second,
      microseconds: first * 10_000 + middle * 100 + last)
  }
}

extension UnsafeRawBufferPointer {
  /// The number that two digits are.
  @inline(__always) fileprivate func pair(_ index: Int) -> Int64? {
    let tens = self[index] &- UInt8(ascii: "0")
    let ones = self[index + 1] &- UInt8(ascii: "0")
    return tens <= 9 && ones <= 9 ? Int64(tens) * 10 + Int64(ones) : nil
  }
}
