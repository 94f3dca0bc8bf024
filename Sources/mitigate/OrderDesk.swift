import ArgumentParser
import Firewall
import Glibc
import Spool
import Stage
import Tables
import Time

/// Has an order carried out: by the stage if it runs, else here.
struct OrderDesk: ParsableArguments {
  /// How long to wait for the stage. s.
  private static let patience: Int64 = 5

  @Option(help: ArgumentHelp("How to block if the stage does not run.", valueName: "name"))
  var backend = BackendChoice.auto

  @OptionGroup var options: CommandOptions

  /// Carries out an order and says what became of it.
  ///
  /// - Throws: `ExitCode` 1 if nothing was done; `Failure`.
  func give(_ verb: Order.Verb, why: String) throws {
    let spool = try options.openSpool()
    let order = Order(verb, time: wallClock(), by: Self.person(), why: why)
    let answers: [JournalEntry.Answer]
    do {
      // The lock on what the stage takes from: who has it may write the block list.
      let inbox = try Inbox(spool, .malicious)
      answers = try withExtendedLifetime(inbox) { try carryOut(order, spool) }
    } catch let error as SpoolError where error.isLocked {
      answers = try handOver(order, spool)
    }
    for answer in answers { print(answer.text) }
    let done: Set = [Outcome.Kind.blocked.rawValue, Outcome.Kind.unblocked.rawValue]
    guard answers.contains(where: { done.contains($0.kind) }) else { throw ExitCode(1) }
  }

  private func carryOut(_ order: Order, _ spool: SpoolDirectory) throws -> [JournalEntry.Answer] {
    let opening = try options.opening(backend)
    var responder = try opening.responder(spool, order.time)
    let outcomes = responder.obey(order, order.time)
    if let error = responder.commit(order.time).journalError {
      throw Failure(.io, error.description)
    }
    if let fault = responder.fault { throw Failure(.unavailable, fault.description) }
    let simulated = responder.backendName == "simulate" ? " (simulated)" : ""
    return outcomes.map {
      JournalEntry.Answer(
        order: .order, time: order.time, kind: $0.kind.rawValue, text: $0.text + simulated)
    }
  }

  private func handOver(_ order: Order, _ spool: SpoolDirectory) throws -> [JournalEntry.Answer] {
    let desk = "order\(getpid())"
    let name = SegmentName(
      first: order.time, clock: order.time, sensor: "person.\(desk)", sequence: UInt64(getpid()))
    let outbox = try Outbox(spool, .orders, producer: desk)
    guard try outbox.hasRoom() else {
      throw Failure(.tryAgain, "unable to hand over the order: orders is full")
    }
    let watch = try AnswerWatch(spool, order: name.description)
    var writer = RowWriter(header: .order)
    order.write(1, to: &writer)
    try outbox.begin(name.description)
    try writer.drain { try outbox.write($0) }
    try outbox.publish()
    guard let answers = try watch.wait(seconds: Self.patience) else {
      throw Failure(.tryAgain, "the order is handed over; the stage has not answered in 5 s")
    }
    return answers
  }

  /// Who gives the order: the name behind sudo(8), or the user's own.
  private static func person() -> String {
    if let name = getenv("SUDO_USER") { return String(cString: name) }
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name
    else { return "uid \(getuid())" }
    return String(cString: name)
  }
}
