import ArgumentParser

/// Names the attacks among flows: takes rows, hands on the rows and what they were called.
@main
struct Classify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Name the attacks among flows.",
    discussion: """
      Takes featurized/, hands on a file with an attack in it to malicious/, any other to benign/. \
      Asks a model and the detectors about every row.
      """,
    subcommands: [Run.self, Explain.self, Label.self, Describe.self, Thresholds.self],
    defaultSubcommand: Run.self)
}
