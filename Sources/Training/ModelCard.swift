package import Foundation

/// What people should know of a model before they trust it. What was not run is nil, and the page says
/// so.
package struct ModelCard: Sendable, Encodable {
  /// Rows of a source by class.
  package struct Source: Sendable, Codable, Equatable {
    /// The source's name.
    package var name: String
    /// Groups (captures) in it.
    package var groups: Int
    /// Rows by class.
    package var rows: [String: Int]
  }

  /// Rows learned from and rows held out.
  package struct Division: Sendable, Codable, Equatable {
    /// Groups learned from.
    package var groupsLearned: Int
    /// Groups held out; nothing was learned from them, no option chosen by them.
    package var groupsHeld: [String]
    /// Rows by class.
    package var learned: [String: Int]
    /// Rows by class.
    package var held: [String: Int]
  }

  /// How the model does on rows.
  package struct Result: Sendable, Codable, Equatable {
    /// Macro F1.
    package var macroF1: Double
    /// What was called what.
    package var scores: Scores
    /// Confidence as it leaves the model.
    package var reliability: Reliability
    /// Confidence before calibration.
    package var uncalibrated: Reliability
    /// Attack against benign.
    package var ranking: Ranking
  }

  /// Where the rows come from, in the maker's words.
  package var data = "-"
  /// When the model was made, in the maker's words.
  package var date = "-"
  /// The seed of all chance.
  package var seed: UInt64 = 0
  /// The families that vote.
  package var families: [Family] = []
  /// The options.
  package var options = Hyperparameters()
  /// The options that were tried; empty without a search.
  package var search: [Search.Candidate] = []
  /// The classes.
  package var classes: [String] = []
  /// The columns.
  package var columns: [String] = []
  /// Bytes of the model's file.
  package var bytes = 0
  /// Rows as they were read.
  package var sources: [Source] = []
  /// Rows named by people among them, and how much each weighs.
  package var corrections = 0
  package var correctionWeight = 0.0
  /// Rows among them whose names are an earlier model's and the detectors'.
  package var selfTrained = 0
  /// What cleaning took.
  package var cleaning = CleaningReport()
  /// What was repaired in public tables.
  package var repairs: [String: Repairs] = [:]
  /// What was learned from and what was held out.
  package var division: Division?
  /// Folds of cross-validation.
  package var folds = 0
  /// Cross-validation over groups.
  package var crossValidation: Result?
  /// The groups held out.
  package var heldOut: Result?
  /// The share of benign rows that may be called a class with its bar's confidence.
  package var falsePositiveRate = 0.0
  /// The confidence from which on the model is sure, by class; 1: never.
  package var sure: [String: Double] = [:]
  /// Columns by what they do.
  package var importance: [Importance] = []
  /// Protocols side by side.
  package var protocols: [ProtocolResult]?
  /// What the model is not good for.
  package var limits: [String] = ModelCard.standingLimits

  /// An empty card.
  package init() {}

  /// Limits that every model of this kind has.
  package static let standingLimits = [
    """
    Scores say how well the model does on captures like those it was made from. On networks, tools and \
    attacks that are in no training capture it does worse; the protocols that leave sources out come \
    nearest to saying by how much.
    """,
    """
    Confidence was calibrated on the mix of classes in the training rows, thinned and without repeated \
    rows, not on any network's own mix: attacks are rarer there, and the share of wrong alarms among \
    all alarms is higher.
    """,
    """
    An attack that no class names is called the class it looks most like, or benign. The detectors and \
    the site's own baseline stand beside the model for that.
    """,
    """
    The model sees no address, no port number, no time of day and no payload: attacks that show only \
    there are beyond it.
    """,
    "One row is evidence, not proof: no row by itself should block anyone.",
  ]

  /// The card as JSON; keys in order.
  package func json() throws -> Data { try canonicalJSON(self) }
}
