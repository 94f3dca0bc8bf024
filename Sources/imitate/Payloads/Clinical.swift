/// HL7 version 2 messages in MLLP frames.
enum HL7 {
  private static func frame(_ lines: [String]) -> [UInt8] {
    [0x0B] + Array((lines.joined(separator: "\r") + "\r").utf8) + [0x1C, 0x0D]
  }

  /// An observation (ORU^R01) of `values` lines.
  static func observation(_ control: Int, _ values: Int, _ random: inout Generator) -> [UInt8] {
    var lines = [
      "MSH|^~\\&|VENT|ICU3|HIS|HOSP|20260101120000||ORU^R01|\(control)|P|2.5",
      "PID|1||\(random.number(100_000...999_999))^^^HOSP^MR||DOE^JANE||19600101|F",
      "OBR|1|||VENT^Ventilator settings|||20260101120000",
    ]
    for index in 0..<values {
      lines.append(
        "OBX|\(index + 1)|NM|\(151_000 + index)^MDC_VENT||\(random.number(5...600))|mL||||F")
    }
    return frame(lines)
  }

  /// Its acknowledgment.
  static func accepted(_ control: Int) -> [UInt8] {
    frame([
      "MSH|^~\\&|HIS|HOSP|VENT|ICU3|20260101120001||ACK^R01|\(control)A|P|2.5", "MSA|AA|\(control)",
    ])
  }
}

/// DICOM upper layer PDUs (PS3.8 section 9.3), filled with noise.
enum DICOM {
  static func unit(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [type, 0]
    result.put(UInt32(body.count))
    return result + body
  }

  /// A-ASSOCIATE-RQ (1) or -AC (2).
  static func associate(_ type: UInt8, _ random: inout Generator) -> [UInt8] {
    let names = Array("ARCHIVE         MODALITY1       ".utf8)
    return unit(
      type, [0, 1, 0, 0] + names + [UInt8](repeating: 0, count: 32) + random.bytes(140))
  }

  static let release: [UInt8] = unit(5, [0, 0, 0, 0])
  static let released: [UInt8] = unit(6, [0, 0, 0, 0])
}
