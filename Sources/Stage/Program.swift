import ArgumentParser
import CLinux
import Glibc
import Spool

/// Writes one line to standard error, whole.
public func complain(_ line: String) {
  var line = line + "\n"
  line.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
}

/// Runs a program's body and turns what it throws into one line and an exit status.
///
/// - Throws: `ExitCode`, which the argument parser turns into the process's own.
public func reportingFailures(_ program: String, _ body: () throws -> Void) throws {
  func end(_ status: ExitStatus, _ message: String) throws -> Never {
    complain("\(program): fatal: \(message)")
    throw ExitCode(status.rawValue)
  }
  do {
    try body()
  } catch let failure as Failure {
    try end(failure.status, failure.description)
  } catch let error as SpoolError {
    try end(status(of: error), error.description)
  }
}

private func status(of error: SpoolError) -> ExitStatus {
  switch error.code {
  case _ where error.isLocked: .tryAgain
  case ENOSPC, EDQUOT, ENFILE, EMFILE, ENOMEM, EINTR, EAGAIN: .tryAgain
  case EACCES, EPERM: .notPermitted
  case ENOENT: .noInput
  case 0: .data
  default: .io
  }
}
