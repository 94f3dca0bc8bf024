import ArgumentParser
import Glibc
import Time

/// A moment as a person writes it.
enum Moment: ExpressibleByArgument, Sendable {
  /// RFC 3339 in UTC, or a bare date: its midnight.
  case at(Timestamp)
  /// `-90s`, `-15m`, `-1h`, `-7d`: so many seconds before now.
  case ago(Int64)
  /// `now`.
  case now
  /// `first`: where the ledger begins.
  case first
  /// `last`: where it ends.
  case last

  init?(argument: String) {
    switch argument {
    case "now": self = .now
    case "first": self = .first
    case "last": self = .last
    default:
      if let seconds = Self.seconds(argument) {
        self = .ago(seconds)
      } else if let moment = Timestamp(argument) ?? Timestamp("\(argument)T00:00:00Z") {
        self = .at(moment)
      } else {
        return nil
      }
    }
  }

  private static func seconds(_ text: String) -> Int64? {
    guard text.first == "-", let unit = text.last,
      let scale = ["s": Int64(1), "m": 60, "h": 3_600, "d": 86_400, "w": 604_800][unit],
      let count = Int64(text.dropFirst().dropLast()), (1...1_000_000).contains(count)
    else { return nil }
    return count * scale
  }

  /// The wall clock.
  static func wallClock() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(seconds: Int64(time.tv_sec), microseconds: Int64(time.tv_nsec / 1_000))
  }

  /// The moment itself; an empty ledger begins and ends now.
  func resolved(now: Timestamp, _ extent: (first: Timestamp, clock: Timestamp)?) -> Timestamp {
    switch self {
    case .at(let moment): moment
    case .ago(let seconds): now.advanced(by: -seconds * 1_000_000)
    case .now: now
    case .first: extent?.first ?? now
    case .last: (extent?.clock).map { $0.advanced(by: 1) } ?? now
    }
  }
}
