import ArgumentParser
import Training

/// How to learn.
struct LearningOptions: ParsableArguments {
  @Option(help: "boosted, forest, perceptron; several with commas between them vote.")
  var family = "boosted"
  @Option(help: "Rounds of boosting, at most.") var rounds = 60
  @Option(help: "Depth of boosted trees.") var depth = 6
  @Option(help: "Learning rate of boosting.") var eta = 0.2
  @Option(help: "Least weight in a leaf.") var minChildWeight = 5.0
  @Option(help: "Share of the rows each boosted tree sees.") var subsample = 0.8
  @Option(help: "Share of the columns each boosted tree sees.") var columnSample = 0.5
  @Option(help: "How far class weights make up for rarity: 0 not, 1 wholly.") var balance = 0.5
  @Option(help: "Trees a class in a forest.") var trees = 40
  @Option(help: "Depth of a forest's trees.") var forestDepth = 12
  @Option(help: "Passes of the perceptron over the rows, at most.") var epochs = 20
  @Option(help: "Rows a class, at most.") var maxRowsPerClass = 40_000

  func validate() throws {
    let wanted = family.split(separator: ",").map { Family(rawValue: String($0)) }
    guard !wanted.isEmpty, !wanted.contains(nil), Set(wanted).count == wanted.count else {
      throw ValidationError("--family takes boosted, forest and perceptron, each once")
    }
    guard rounds > 0, depth > 0, trees > 0, forestDepth > 0, epochs > 0, maxRowsPerClass > 0,
      eta > 0, (0...1).contains(balance), subsample > 0, subsample <= 1, columnSample > 0,
      columnSample <= 1, minChildWeight >= 0
    else { throw ValidationError("an option is out of its range") }
  }

  /// The plan that these options make.
  func plan(seed: UInt64) throws -> Plan {
    var options = Hyperparameters()
    (options.rounds, options.depth, options.eta) = (rounds, depth, eta)
    (options.minChildWeight, options.subsample) = (minChildWeight, subsample)
    (options.columnSample, options.balance) = (columnSample, balance)
    (options.trees, options.forestDepth, options.epochs) = (trees, forestDepth, epochs)
    let families = family.split(separator: ",").compactMap { Family(rawValue: String($0)) }
    return Plan(families: families, options: options, seed: seed)
  }
}
