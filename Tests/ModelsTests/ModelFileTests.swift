import Models
import Tables
import Testing

struct ModelFileTests {
  private func read(_ bytes: [UInt8]) throws(ModelError) -> Model {
    var result: Result<Model, ModelError> = .failure(.notAModel)
    bytes.withUnsafeBytes { raw in
      do throws(ModelError) {
        result = .success(try Model(parsing: raw))
      } catch {
        result = .failure(error)
      }
    }
    return try result.get()
  }

  /// Makes the checksum right again, so that what stands behind it is tried.
  private func sealed(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count >= 8 else { return bytes }
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes.dropLast(8) { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return bytes.dropLast(8) + withUnsafeBytes(of: sum.littleEndian) { Array($0) }
  }

  private func replacing(_ text: String, _ other: String, in bytes: [UInt8]) -> [UInt8] {
    guard let range = bytes.firstRange(of: Array(text.utf8)) else { return bytes }
    return sealed(
      Array(bytes[..<range.lowerBound]) + Array(other.utf8) + bytes[range.upperBound...])
  }

  @Test func `a model that is written and read says the same and is written the same`() throws {
    let summary: [Model.SummaryLine] = [
      .init("data", "a:b\nc, ü"), .init("se:ed", "1"), .init("empty", ""),
    ]
    let model = try Oracle().model(summary: summary)
    let bytes = model.serialized()
    let again = try read(bytes)
    #expect(again.classes == model.classes)
    #expect(again.columns == model.columns)
    #expect(again.summary == model.summary)
    #expect(again.members == model.members)
    #expect(again.serialized() == bytes)
    var random = SystemlessGenerator(state: 5)
    let rows = (0..<(500 * model.columns.count)).map { _ in Float(random.next() % 100) / 8 }
    #expect(again.predict(rows) == model.predict(rows))
  }

  @Test func `every truncation is refused`() throws {
    let bytes = try Oracle(rounds: 1, depth: 3).model().serialized()
    for length in 0..<bytes.count {
      let cut = Array(bytes.prefix(length))
      #expect(throws: ModelError.self) { try read(cut) }
      #expect(throws: ModelError.self) { try read(sealed(cut)) }
    }
    #expect(throws: ModelError.self) { try read(bytes + [0]) }
  }

  @Test func `10,000 mutations are refused or harmless`() throws {
    let oracle = try Oracle(rounds: 1, depth: 3)
    let bytes = try oracle.model().serialized()
    var random = SystemlessGenerator(state: 11)
    let width = oracle.columns.count
    let rows = (0..<(65 * width)).map { _ in Float(random.next() % 100) / 8 }
    for turn in 0..<10_000 {
      var changed = bytes
      for _ in 0...(random.next() % 4) {
        let at = Int(random.next() % UInt64(changed.count))
        switch random.next() % 4 {
        case 0: changed[at] ^= 1 << UInt8(random.next() % 8)
        case 1: changed[at] = UInt8(truncatingIfNeeded: random.next())
        case 2: changed.remove(at: at)
        default: changed.insert(UInt8(truncatingIfNeeded: random.next()), at: at)
        }
      }
      if changed != bytes { #expect(throws: ModelError.self) { try read(changed) } }
      guard turn % 2 == 0 || changed.count == bytes.count,
        let model = try? read(sealed(changed))
      else { continue }
      if model.columns.count == width { #expect(model.predict(rows).count % 65 == 0) }
    }
  }

  @Test func `another version is refused by name`() throws {
    let bytes = replacing(
      "ward-model 2", "ward-model 3", in: try Oracle(rounds: 1).model().serialized())
    #expect(throws: ModelError.version("3")) { try read(bytes) }
    #expect(throws: ModelError.notAModel) { try read(Array("row,start\n".utf8)) }
    #expect(throws: ModelError.notAModel) { try read([]) }
  }

  /// A file of version 1: two trees of one leaf each, and one of a split.
  private func firstVersion(_ counts: [UInt32] = [1, 3], nodes: Int = 4) -> [UInt8] {
    var bytes = Array(
      "ward-model 1\nclass BENIGN\nclass DDOS\ncolumn syn\nsummary seed: 1\nbase-score 0.5\n".utf8)
    bytes += Array("trees 2\nnodes \(nodes)\n\n".utf8)
    func put(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
    counts.forEach { put($0) }
    for (value, column, left): (Float, UInt16, UInt16) in [
      (0, .max, 0), (1, 0, 1), (-2, .max, 0), (2, .max, 0),
    ] {
      put(value.bitPattern)
      put(column)
      put(left)
    }
    return sealed(bytes + [UInt8](repeating: 0, count: 8))
  }

  @Test func `a file of version 1 is read, and explains nothing`() throws {
    let bytes = firstVersion()
    let model = try read(bytes)
    #expect(model.classes == [.benign, .ddos])
    #expect(model.summary == [.init("seed", "1")])
    let said = model.predict([0, 1])
    #expect(said[1] < 0.2 && said[3] > 0.8)
    #expect(model.explain([1], as: 1, most: 3).isEmpty)
    #expect(try read(model.serialized()).members == model.members)
    for length in 0..<bytes.count {
      #expect(throws: ModelError.self) { try read(Array(bytes.prefix(length))) }
      #expect(throws: ModelError.self) { try read(sealed(Array(bytes.prefix(length)))) }
    }
  }

  /// The first was found by fuzzing: a root that is a leaf, with nodes behind it.
  @Test(arguments: [
    [(UInt16.max, UInt16(0)), (.max, 0), (.max, 0)],
    [(0, 1), (.max, 0), (.max, 0), (.max, 0)],
    [(0, 1), (0, 3), (0, 3), (.max, 0), (.max, 0)],
    [(0, 1), (0, 2), (.max, 0), (.max, 0)],
  ])
  func `nodes that nobody points at, or two, are refused`(nodes: [(UInt16, UInt16)]) throws {
    var bytes = Array(
      "ward-model 1\nclass BENIGN\nclass DDOS\ncolumn syn\nbase-score 0.5\ntrees 2\n".utf8)
    bytes += Array("nodes \(2 * nodes.count)\n\n".utf8)
    for _ in 0..<2 { bytes += [UInt8(nodes.count), 0, 0, 0] }
    for (column, left) in nodes + nodes {
      bytes += [0, 0, 0, 0]
      withUnsafeBytes(of: (column.littleEndian, left.littleEndian)) { bytes += $0 }
    }
    let file = sealed(bytes + [UInt8](repeating: 0, count: 8))
    let error = #expect(throws: ModelError.self) { try read(file) }
    guard case .child = error else {
      Issue.record("another error")
      return
    }
  }

  @Test func `counts of version 1 that do not add up are refused`() {
    for bytes in [
      firstVersion([1, 2]), firstVersion([1, 4]), firstVersion([0, 4]), firstVersion(nodes: 5),
      firstVersion([1, .max]), firstVersion(nodes: -1),
    ] {
      #expect(throws: ModelError.self) { try read(bytes) }
    }
  }

  @Test func `a tree deeper than any path that can be explained is refused`() throws {
    func chain(_ depth: Int) throws -> Tree {
      let count = 2 * depth + 1
      // Node 2i splits into the leaf 2i + 1 and the next.
      let left = (0..<count).map { $0 % 2 == 0 && $0 + 2 < count ? $0 + 1 : -1 }
      return try Tree(
        left: left, right: left.map { $0 < 0 ? -1 : $0 + 1 },
        columns: left.map { _ in 0 }, values: left.map { _ in 1 })
    }
    let deepest = try chain(Tree.deepest)
    #expect(try twoClasses([deepest, deepest]).members.count == 1)
    let deeper = try chain(Tree.deepest + 1)
    #expect(throws: ModelError.depth(tree: 0)) { try twoClasses([deeper, deeper]) }
  }

  @Test func `unknown and repeated classes and columns are refused`() throws {
    let bytes = try Oracle(rounds: 1).model().serialized()
    #expect(throws: ModelError.unknownClass("DDOSS")) {
      try read(replacing("class DDOS", "class DDOSS", in: bytes))
    }
    #expect(throws: ModelError.unknownClass("BENIGN")) {
      try read(replacing("class DDOS", "class BENIGN", in: bytes))
    }
    #expect(throws: ModelError.unknownColumn("sin")) {
      try read(replacing("column syn", "column sin", in: bytes))
    }
    #expect(throws: ModelError.unknownColumn("fin")) {
      try read(replacing("column syn", "column fin", in: bytes))
    }
  }

  @Test func `a changed byte is told by the checksum`() throws {
    var bytes = try Oracle(rounds: 1).model().serialized()
    bytes[bytes.count - 20] ^= 1
    let damaged = bytes
    #expect(throws: ModelError.checksum) { try read(damaged) }
  }

  @Test func `nodes that point nowhere, back or beyond are refused`() throws {
    func tree(_ left: [Int], _ right: [Int], column: Int = 0, value: Float = 1) throws -> Model {
      let tree = try Tree(
        left: left, right: right, columns: left.map { $0 < 0 ? 0 : column },
        values: left.map { _ in value })
      return try twoClasses([tree, tree])
    }
    #expect(try tree([1, -1, -1], [2, -1, -1]).members.count == 1)
    #expect(throws: ModelError.self) { try tree([1, -1, -1], [3, -1, -1]) }
    #expect(throws: ModelError.self) { try tree([1, 0, -1], [2, 0, -1]) }
    #expect(throws: ModelError.self) { try tree([0, -1, -1], [0, -1, -1]) }
    #expect(throws: ModelError.self) { try tree([], []) }
    #expect(throws: ModelError.column(tree: 0, node: 0)) {
      try tree([1, -1, -1], [2, -1, -1], column: 1)
    }
    #expect(throws: ModelError.notFinite(tree: 0, node: 0)) {
      try tree([1, -1, -1], [2, -1, -1], value: .infinity)
    }
  }

  /// Found by fuzzing. `Float.greatestFiniteMagnitude` is 3.4e38: 2e38 + 1e38 is less, + 0.5e38 more.
  @Test(arguments: [(1e38, true), (1.5e38, false), (-1.5e38, false)])
  func `leaves whose sum would be infinite are refused`(leaf: Float, isTaken: Bool) throws {
    func model() throws(ModelError) -> Model {
      let trees = [
        try Tree(left: [-1], right: [-1], columns: [0], values: [leaf]),
        try Tree(left: [-1], right: [-1], columns: [0], values: [0]),
      ]
      return try twoClasses(trees, base: 2e38)
    }
    guard isTaken else {
      #expect(throws: ModelError.margin) { try model() }
      return
    }
    // softmax of 3e38 and 2e38
    #expect(try model().predict([0]) == [1, 0])
  }

  @Test func `a node in a file that points at itself is refused`() throws {
    var bytes = try Oracle(rounds: 1, depth: 3).model().serialized()
    guard let end = bytes.firstRange(of: Array("\n\n".utf8))?.upperBound else { return }
    let root = end + 4
    bytes[root + 6] = 0
    bytes[root + 7] = 0
    let looped = sealed(bytes)
    #expect(throws: ModelError.child(tree: 0, node: 0)) { try read(looped) }
  }

  @Test func `a number of trees that the classes do not divide is refused`() throws {
    let leaf = try Tree(left: [-1], right: [-1], columns: [0], values: [1])
    #expect(throws: ModelError.count("trees", 3)) {
      try twoClasses([leaf, leaf, leaf])
    }
  }

  private func twoClasses(_ trees: [Tree], base: Float = 0.5) throws(ModelError) -> Model {
    let ensemble = try TreeEnsemble(family: .boosted, baseScore: base, trees: trees)
    return try Model(
      classes: [.benign, .ddos], columns: [.syn], members: [Member(.trees(ensemble))])
  }
}
