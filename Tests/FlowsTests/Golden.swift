import Tables
import Testing

/// A capture, one of the rows it makes, and what that row must hold, computed by hand.
///
/// To add a column: its value to a capture below in which it is not 0.
struct Golden: Sendable, CustomTestStringConvertible {
  let name: String
  let shots: [Shot]
  /// Which of all the capture's rows; 0 is the first.
  let row: Int
  let identity: KeyValuePairs<String, String>
  let cells: KeyValuePairs<Measure, String>

  var testDescription: String { name }

  static let all: [Golden] = [
    conversation, conversationAtFirstTick, question, echo, reported, report, fragments, single,
    knock, probe, folded, foldedSources, address,
    askerAgain, rebound, mqtt, domainNames, web, encrypted, images, records, claimed, answered,
    beacon, webAttacks,
  ]
}
