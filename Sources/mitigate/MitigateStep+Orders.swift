import Firewall
import Logging
import Stage
import Tables
import Time

extension MitigateStep {
  /// Whether the file is a table of orders: with `--input` no queue says so.
  static func holdsOrders(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.starts(with: Table.order.columns[0].utf8)
  }

  /// Does what people want, then answers them.
  mutating func obey(_ input: Input, _ now: Timestamp) throws {
    var orders: [Order] = []
    try Table.order.read(input.bytes) { orders.append(try Order($0)) }
    let outcomes = orders.map { responder.obey($0, now) }
    settle(now)
    for (index, (order, outcomes)) in zip(orders, outcomes).enumerated() {
      let place = Place(segment: input.base, row: index + 1)
      do {
        try responder.answer(place, Array(outcomes.prefix(100)), now)
      } catch {
        logger.error("unable to answer", metadata: ["cause": "\(error)"])
      }
      for outcome in outcomes {
        logger.notice(
          "ordered", metadata: ["by": "\(order.by)", "outcome": "\(outcome.text)"])
        notices.add(
          outcome.kind.rawValue, "\(outcome.prefix)", "\(outcome.text) (by \(order.by))")
      }
    }
  }
}
