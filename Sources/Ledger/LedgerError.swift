import GRDB

/// Why the ledger could not be used.
public enum LedgerError: Error, CustomStringConvertible, Sendable {
  /// The file is no ledger, is damaged, or a newer Ward wrote it. For a person to mend.
  case unusable(path: String, cause: String)
  /// Another program held the ledger's write lock for longer than the patience given. Try again.
  case busy(path: String)
  /// There is no file where one was to be read.
  case absent(path: String)
  /// The system refused: no room, no permission, a failing disk.
  case system(path: String, cause: String)

  /// "unable to VERB OBJECT: cause".
  public var description: String {
    switch self {
    case .unusable(let path, let cause): "unable to use ledger \(path): \(cause)"
    case .busy(let path): "unable to write ledger \(path): another program is writing it"
    case .absent(let path): "unable to open ledger \(path): there is none yet"
    case .system(let path, let cause): "unable to reach ledger \(path): \(cause)"
    }
  }
}

extension LedgerError {
  /// SQLite's result codes (https://www.sqlite.org/rescode.html) in the four kinds a person can
  /// tell apart.
  init(_ error: DatabaseError, path: String) {
    let cause = error.message ?? "\(error.resultCode)"
    self =
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
      case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_SCHEMA, .SQLITE_ERROR:
        .unusable(path: path, cause: cause)
      default: .system(path: path, cause: cause)
      }
  }
}
