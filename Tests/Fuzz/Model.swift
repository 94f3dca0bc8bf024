// A model's or a baseline's file of any bytes, with the checksum that it needs. One that is taken can be
// asked, explained, and written and read again.
import Models

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzModel(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let content = UnsafeRawBufferPointer(start: start, count: count)
  let sum = content.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  let file = Array(content) + withUnsafeBytes(of: sum.littleEndian) { Array($0) }
  if let model = parse(file, Model.init(parsing:)) { ask(model) }
  if let baseline = parse(file, Baseline.init(parsing:)) { ask(baseline) }
  return 0
}

private let values: [Float] = [
  0, 1, -.greatestFiniteMagnitude, .greatestFiniteMagnitude, .leastNonzeroMagnitude,
]

private func ask(_ model: Model) {
  guard let again = parse(model.serialized(), Model.init(parsing:)),
    again.members == model.members, again.serialized() == model.serialized()
  else { fatalError("not what was written") }
  let rows = values.flatMap { [Float](repeating: $0, count: model.columns.count) }
  let answers = model.predict(rows)
  guard answers.count == values.count * model.classes.count,
    answers.allSatisfy({ (0...1).contains($0) })
  else { fatalError("no probability") }
  let told = model.contributions(Array(rows.prefix(model.columns.count)), to: 0)
  guard told.allSatisfy(\.isFinite) else { fatalError("no contribution") }
  guard let reference = model.reference else { return }
  var drift = Drift(reference)
  drift.add(rows)
  guard drift.stability.allSatisfy(\.isFinite) else { fatalError("no stability") }
}

private func ask(_ baseline: Baseline) {
  guard parse(baseline.serialized(), Baseline.init(parsing:)) == baseline else {
    fatalError("not what was written")
  }
  let rows = values.flatMap { [Float](repeating: $0, count: baseline.columns.count) }
  guard baseline.score(rows).allSatisfy({ (0...1).contains($0) }) else { fatalError("no score") }
}

private func parse<Parsed>(
  _ file: [UInt8], _ read: (UnsafeRawBufferPointer) throws(ModelError) -> Parsed
) -> Parsed? {
  // A copy of its own, so that a read beyond the end is one beyond the allocation.
  file.withUnsafeBytes { bytes in
    do throws(ModelError) { return try read(bytes) } catch {
      guard !error.description.isEmpty else { fatalError("an error without words") }
      return nil
    }
  }
}
