import ArgumentParser
import Glibc
import Ledger
import Reporting
import Stage

/// Runs `body`; what the libraries throw becomes a ``Stage/Failure`` with its exit status, so that a
/// ledger in trouble ends the program and never sends a good segment to quarantine.
func naming<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as LedgerError {
    throw Failure(status(of: error), error.description)
  } catch let error as FileWriter.Refusal {
    throw Failure(error.code == ENOSPC ? .tryAgain : .io, error.description)
  } catch let error as TypesettingError {
    throw Failure(status(of: error), error.description)
  }
}

private func status(of error: LedgerError) -> ExitStatus {
  switch error {
  case .unusable: .config
  case .busy: .tryAgain
  case .absent: .noInput
  case .system: .tryAgain
  }
}

private func status(of error: TypesettingError) -> ExitStatus {
  switch error {
  case .absent: .unavailable
  case .refused: .software
  case .system: .cannotCreate
  }
}
