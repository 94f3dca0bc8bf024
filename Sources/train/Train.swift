import ArgumentParser

/// Makes models and says what they are worth.
@main
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train the model that classify uses, and measure it.",
    discussion: """
      Without the name of a command, train model is meant. The same rows, options and seed make the \
      same bytes. docs/training.md explains the options.
      """,
    subcommands: [TrainModel.self, Compare.self, TrainBaseline.self],
    defaultSubcommand: TrainModel.self)
}
