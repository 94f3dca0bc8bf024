import Glibc
import Logging
import Models
import Spool
import Stage

/// Where the baseline comes from: what this site's traffic is like when nothing is wrong.
enum BaselineSource: Equatable {
  /// None: nobody is asked how unlike the site's traffic a row is.
  case none
  /// A file that a person named: it must be there.
  case named(String)
  /// `state/baseline.forest` of the spool, where `train` puts it; it may be missing.
  case usual(String)

  /// What `--baseline` or the configuration says; nil for the spool's own.
  init(_ name: String?, spool: String) {
    switch name {
    case "none": self = .none
    case let name?: self = .named(name)
    case nil: self = .usual("\(spool)/state/baseline.forest")
    }
  }

  /// Whether nobody named it.
  var isUsual: Bool {
    if case .usual = self { return true }
    return false
  }

  /// The file, if there is one to be watched.
  var path: String? {
    switch self {
    case .none: nil
    case .named(let path), .usual(let path): path
    }
  }

  /// Reads the baseline.
  ///
  /// - Returns: nil where there is none, and need not be.
  /// - Throws: `Failure` (data) for a file that is no baseline, (no input) for a named one that is not
  ///   there.
  func load(_ logger: Logger) throws -> Baseline? {
    guard let path else { return nil }
    if case .usual = self, access(path, F_OK) != 0, errno == ENOENT { return nil }
    let baseline: Baseline
    do {
      baseline = try withFile(path) { try Baseline(parsing: $0) }
    } catch let error as ModelError {
      throw Failure(.data, "unable to use baseline \(path): \(error)")
    }
    logger.info(
      "baseline",
      metadata: [
        "file": "\(path)", "columns": "\(baseline.columns.count)",
        "threshold": "\(baseline.threshold)",
      ])
    return baseline
  }
}
