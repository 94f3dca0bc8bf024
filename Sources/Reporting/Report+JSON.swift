import FoundationEssentials

extension Report {
  /// The report as JSON, keys in order, so that the same report gives the same bytes.
  public func json() throws -> [UInt8] { try Self.encode(self) }

  /// `value` as JSON, keys in order, ending in a line end.
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try Array(encoder.encode(value)) + [UInt8(ascii: "\n")]
  }
}
