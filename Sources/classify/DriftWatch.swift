import Models
import Tables
import Time

/// Watches whether the traffic still is what the model was trained on: a population stability index a
/// column. In credit scoring, where it comes from, 0.10 is a small shift and 0.25 one that asks for a
/// new model (Siddiqi, Credit Risk Scorecards, 2006).
struct DriftWatch {
  /// When it speaks.
  struct Bounds {
    /// The index of a column from which on it has drifted.
    var index = 0.25
    /// The rows it takes to tell; also how often it looks.
    var rows = 10_000
  }
}
