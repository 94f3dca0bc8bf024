import Models
import Tables
import Testing

struct ContributionTests {
  private func rows(_ count: Int, width: Int) -> [Float] {
    var random = SystemlessGenerator(state: 17)
    return (0..<(count * width)).map { _ in Float(random.next() % 50) / 4 }
  }

  @Test(arguments: [0, 20]) func `contributions are XGBoost's own`(forest: Int) throws {
    let oracle = try Oracle(depth: 6, forest: forest)
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
          #expect(abs(Float(ours[column]) - theirs[start + column]) < 1e-4)
        }
      }
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
