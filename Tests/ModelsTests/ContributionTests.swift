import Glibc
import Models
import Tables
import Testing

struct ContributionTests {
  private func rows(_ count: Int, width: Int) -> [Float] {
    var random = SystemlessGenerator(state: 17)
    return (0..<(count * width)).map { _ in Float(random.next() % 50) / 4 }
  }

  /// The deeper, the more points the integral needs: 4, 8 and 16.
  @Test(arguments: [(6, 0), (6, 20), (12, 5), (22, 5)])
  func `contributions are XGBoost's own`(depth: Int, forest: Int) throws {
    let oracle = try Oracle(depth: depth, forest: forest)
    let model = try oracle.model()
    let (width, classes) = (model.columns.count, model.classes.count)
    let rows = rows(50, width: width)
    let theirs = try oracle.contributions(rows)
    for row in 0..<50 {
      let values = Array(rows[(row * width)..<((row + 1) * width)])
      for index in 0..<classes {
        let ours = model.contributions(values, to: index)
        let start = (row * classes + index) * (width + 1)
        for column in 0..<width {
          #expect(abs(Float(ours[column]) - theirs[start + column]) < 2e-5)
        }
        #expect(abs(model.expectation(of: index) - Double(theirs[start + width])) < 2e-5)
      }
    }
  }

  @Test(arguments: [(6, 0), (14, 4)])
  func `expectation and contributions add up to the margin`(depth: Int, forest: Int) throws {
    let model = try Oracle(depth: depth, forest: forest).model()
    for start in 0..<20 {
      let row = rows(start + 1, width: model.columns.count).suffix(model.columns.count).map { $0 }
      let said = model.predict(row)
      let margins = model.classes.indices.map {
        model.contributions(row, to: $0).reduce(model.expectation(of: $0), +)
      }
      // Softmax takes away what all margins share: ratios stay.
      for index in 1..<said.count {
        let ratio = Double(said[index]) / Double(said[0])
        #expect(abs(exp(margins[index] - margins[0]) / ratio - 1) < 1e-4)
      }
    }
  }

  @Test func `a column that no tree asks says nothing`() throws {
    let oracle = try Oracle()
    let asked = try oracle.model()
    guard case .trees(let trees) = asked.members[0].kind else { return }
    let model = try Model(
      classes: asked.classes, columns: asked.columns + [.sqlInjections],
      members: [Member(.trees(trees))])
    let row = rows(1, width: asked.columns.count)
    #expect(model.contributions(row + [7], to: 0) == asked.contributions(row, to: 0) + [0])
  }

  @Test func `a column asked twice on one path counts once`() throws {
    // Below 1: 8; from 1 to 2: 0; above: 4. Covers 1, 1, 2 of 4.
    let tree = try Tree(
      left: [1, -1, 3, -1, -1], right: [2, -1, 4, -1, -1], columns: [0, 0, 0, 0, 0],
      values: [1, 8, 2, 0, 4], covers: [4, 1, 3, 1, 2])
    let ensemble = try TreeEnsemble(family: .boosted, baseScore: 0, trees: [tree, tree])
    let model = try Model(
      classes: [.benign, .ddos], columns: [.syn], members: [Member(.trees(ensemble))])
    #expect(abs(model.expectation(of: 1) - 4) < 1e-6)
    for (value, leaf) in [(0.5, 8), (1.5, 0), (3, 4)] {
      #expect(abs(model.contributions([Float(value)], to: 1)[0] - Double(leaf - 4)) < 1e-5)
    }
  }

  @Test func `covers of next to nothing are no harm`() throws {
    let tree = try Tree(
      left: [1, 3, -1, -1, -1], right: [2, 4, -1, -1, -1], columns: [0, 1, 0, 0, 0],
      values: [1, 1, 3, 2, 1], covers: [1, 0, 1, 0, 0])
    let ensemble = try TreeEnsemble(family: .boosted, baseScore: 0, trees: [tree, tree])
    let model = try Model(
      classes: [.benign, .ddos], columns: [.syn, .ack], members: [Member(.trees(ensemble))])
    for row: [Float] in [[0, 0], [0, 2], [2, 0]] {
      #expect(model.contributions(row, to: 1).allSatisfy { $0.isFinite })
    }
  }

  @Test func `the columns that spoke most come first, those against are left out`() throws {
    let model = try Oracle().model()
    let row = rows(1, width: model.columns.count)
    let all = model.contributions(row, to: 1)
    let told = model.explain(row, as: 1, most: 3)
    #expect(told.count <= 3)
    #expect(told.first?.contribution == all.max().map { Float($0) })
    #expect(told.allSatisfy { $0.contribution > 0 })
    #expect(zip(told, told.dropFirst()).allSatisfy { $0.contribution >= $1.contribution })
    for one in told {
      let place = try #require(model.columns.firstIndex(of: one.column))
      #expect(one.value == row[place])
    }
  }

  @Test func `a tree without covers explains nothing`() throws {
    let tree = try Tree(
      left: [1, -1, -1], right: [2, -1, -1], columns: [0, 0, 0], values: [1, -1, 1])
    let ensemble = try TreeEnsemble(family: .boosted, baseScore: 0.5, trees: [tree, tree])
    let model = try Model(
      classes: [.benign, .ddos], columns: [.syn], members: [Member(.trees(ensemble))])
    #expect(model.explain([2], as: 1, most: 5).isEmpty)
  }

  @Test func `a perceptron's column counts for what its mean would change`() throws {
    // log(1 + x) of both columns, the second with weight 2, against a class of 0.
    let layer = Perceptron.Layer(weights: [0, 1, 0, 2], biases: [0, 0])
    let model = try Model(
      classes: [.benign, .ddos], columns: [.syn, .ack],
      members: [Member(.perceptron(Perceptron(shift: [0, 0], scale: [1, 1], layers: [layer])))])
    let told = model.explain([1, 1], as: 1, most: 5)
    #expect(told.map(\.column) == [.ack, .syn])
    #expect(abs(told[0].contribution - 2 * 0.693_147) < 1e-5)
    #expect(abs(told[1].contribution - 0.693_147) < 1e-5)
  }
}
