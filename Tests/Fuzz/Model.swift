// A model file of any bytes, with the checksum that it needs. A model that is taken can be asked, and
// written and read again.
import Models

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzModel(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let content = UnsafeRawBufferPointer(start: start, count: count)
  let sum = content.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  let file = Array(content) + withUnsafeBytes(of: sum.littleEndian) { Array($0) }
  guard let model = parse(file) else { return 0 }
  guard let again = parse(model.serialized()), again.members == model.members,
    again.serialized() == model.serialized()
  else { fatalError("not what was written") }
  let values: [Float] = [
    0, 1, -.greatestFiniteMagnitude, .greatestFiniteMagnitude, .leastNonzeroMagnitude,
  ]
  let rows = values.flatMap { [Float](repeating: $0, count: model.columns.count) }
  let answers = model.predict(rows)
  guard answers.count == values.count * model.classes.count,
    answers.allSatisfy({ (0...1).contains($0) })
  else { fatalError("no probability") }
  return 0
}

private func parse(_ file: [UInt8]) -> Model? {
  // A copy of its own, so that a read beyond the end is one beyond the allocation.
  file.withUnsafeBytes { bytes in
    do throws(ModelError) { return try Model(parsing: bytes) } catch {
      guard !error.description.isEmpty else { fatalError("an error without words") }
      return nil
    }
  }
}
