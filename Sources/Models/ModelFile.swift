import Tables

// The file of a model:
//
//   ward-model 2
//   class BENIGN                             one line a class, then one line a column
//   column fin
//   summary seed: 1                          any number
//   member boosted 1 0.5 250                 family, weight, base score, trees
//   member perceptron 1 191 64 64 17         family, weight, inputs, outputs of each layer
//   calibration 12 9 ...                     knots of each class's curve; no such line: none
//   sure                                     there are bars
//   reference 9 0 ...                        edges of each column; no such line: none
//
//                                            an empty line, then little-endian binary, Float32 if not said:
//   each member: a tree's UInt32 number of nodes, + 65536 if covers follow; 8 bytes a node: threshold or
//     leaf, UInt16 column (65535 in a leaf), UInt16 left child, counted in its tree (the right one follows
//     it); covers. Of a perceptron: shifts, scales, weights and biases of each layer
//   calibration: inputs, then outputs of each curve
//   sure: a bar a class
//   reference: edges, then shares of each column
//   UInt64                                   FNV-1a of all bytes before

extension Model {
  static let version = "2"
  static let magic = "ward-model"

  /// The bytes of the model's file. The same model, the same bytes.
  public func serialized() -> [UInt8] {
    var text = "\(Self.magic) \(Self.version)\n"
    for name in classes { text += "class \(name.rawValue)\n" }
    for column in columns { text += "column \(column.rawValue)\n" }
    for line in summary { text += "summary \(line.key): \(line.value)\n" }
    for member in members { text += "member \(member.shape)\n" }
    func counts(_ word: String, _ counts: [Int]) -> String {
      counts.isEmpty ? "" : word + counts.map { " \($0)" }.joined() + "\n"
    }
    text += counts("calibration", calibration.curves.map(\.inputs.count))
    if !sure.isEmpty { text += "sure\n" }
    text += counts("reference", reference?.columns.map(\.edges.count) ?? [])
    var writer = FileWriter(header: text + "\n")
    for member in members { member.write(to: &writer) }
    for curve in calibration.curves {
      writer.put(curve.inputs)
      writer.put(curve.outputs)
    }
    writer.put(sure)
    for bins in reference?.columns ?? [] {
      writer.put(bins.edges)
      writer.put(bins.shares)
    }
    return writer.finished()
  }

  /// Reads a model's file.
  ///
  /// - Throws: ``ModelError`` for every file that ``serialized()`` cannot have written.
  public init(parsing bytes: UnsafeRawBufferPointer) throws(ModelError) {
    let header = try ModelHeader(bytes, magic: Self.magic, versions: [Self.version, "1"])
    guard header.version == Self.version else {
      self = try Self.first(header, bytes)
      return
    }
    try header.only(["member", "calibration", "sure", "reference"])
    var reader = try FileReader(bytes, from: header.end)
    var members: [Member] = []
    for line in header.lines where line.word == "member" {
      members.append(try Member(line.values, line.number, &reader))
    }
    var curves: [Calibration.Curve] = []
    for count in try Self.counts(header, "calibration") {
      let inputs = try reader.floats(count)
      curves.append(Calibration.Curve(inputs: inputs, outputs: try reader.floats(count)))
    }
    let sure = try header.one("sure") == nil ? [] : try reader.floats(header.classes.count)
    var bins: [Reference.Bins] = []
    for count in try Self.counts(header, "reference") {
      let edges = try reader.floats(count)
      bins.append(Reference.Bins(edges: edges, shares: try reader.floats(count + 1)))
    }
    try reader.finish()
    try self.init(
      classes: header.classes, columns: header.columns, members: members,
      calibration: Calibration(curves: curves), sure: sure,
      reference: bins.isEmpty ? nil : Reference(columns: bins), summary: header.summary)
  }

  private static func counts(_ header: ModelHeader, _ word: String) throws(ModelError) -> [Int] {
    var result: [Int] = []
    for text in try header.one(word) ?? [] {
      guard let count = Int(text), (0...1 << 20).contains(count) else {
        throw .header(line: 0, "\(word): not a count")
      }
      result.append(count)
    }
    return result
  }
}

extension Member {
  /// What its line says.
  fileprivate var shape: String {
    switch kind {
    case .trees(let trees): "\(family) \(weight) \(trees.baseScore) \(trees.trees.count)"
    case .perceptron(let layers):
      "\(family) \(weight) \(layers.shift.count) "
        + layers.layers.map { "\($0.outputs)" }.joined(separator: " ")
    }
  }

  fileprivate func write(to writer: inout FileWriter) {
    switch kind {
    case .trees(let trees): for tree in trees.trees { writer.put(tree) }
    case .perceptron(let layers):
      writer.put(layers.shift)
      writer.put(layers.scale)
      for layer in layers.layers {
        writer.put(layer.weights)
        writer.put(layer.biases)
      }
    }
  }

  fileprivate init(
    _ values: [String], _ line: Int, _ reader: inout FileReader
  ) throws(ModelError) {
    guard values.count >= 4, let weight = Float(values[1]) else {
      throw .header(line: line, "not a member")
    }
    if let family = TreeEnsemble.Family(rawValue: values[0]) {
      guard values.count == 4, let base = Float(values[2]), let count = Int(values[3]) else {
        throw .header(line: line, "not a member")
      }
      let trees = try TreeEnsemble(
        family: family, baseScore: base, trees: try reader.trees(count))
      self.init(.trees(trees), weight: weight)
      return
    }
    let sizes = values.dropFirst(2).compactMap { Int($0) }
    guard values[0] == "perceptron", sizes.count == values.count - 2,
      sizes.allSatisfy({ (1...1 << 16).contains($0) })
    else { throw .header(line: line, "not a member") }
    let shift = try reader.floats(sizes[0])
    let scale = try reader.floats(sizes[0])
    var layers: [Perceptron.Layer] = []
    for (inputs, outputs) in zip(sizes, sizes.dropFirst()) {
      let weights = try reader.floats(inputs * outputs)
      layers.append(Perceptron.Layer(weights: weights, biases: try reader.floats(outputs)))
    }
    self.init(.perceptron(Perceptron(shift: shift, scale: scale, layers: layers)), weight: weight)
  }
}
