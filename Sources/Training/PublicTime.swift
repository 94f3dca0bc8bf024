import Time

/// The moments of public tables: `2018-12-01 15:10:02.660511`, `03/07/2017 08:55:58`, `5/7/2017 8:55`,
/// with or without AM or PM; read as UTC, the day before the month.
///
/// CIC-IDS2017 writes afternoons without PM. Nothing but the day and the order in it is made of these.
enum PublicTime {
  /// µs since the epoch; 0 for what cannot be read.
  static func microseconds(_ text: String) -> Int64 {
    let parts = text.split { $0 == " " || $0 == "T" }
    guard let date = parts.first else { return 0 }
    let days = date.split { $0 == "/" || $0 == "-" }.compactMap { Int($0) }
    guard days.count == 3 else { return 0 }
    let (year, day) = days[0] > 31 ? (days[0], days[2]) : (days[2], days[0])
    let time = parts.dropFirst().first.map(clock) ?? (0, 0, 0)
    let afternoon = parts.last == "PM" && time.0 < 12
    let hour = parts.last == "AM" && time.0 == 12 ? 0 : time.0 + (afternoon ? 12 : 0)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let iso =
      "\(year)-\(two(days[1]))-\(two(day))T\(two(hour)):\(two(time.1)):\(two(Int(time.2)))Z"
    let fraction = Int64((time.2 - time.2.rounded(.down)) * 1e6 + 0.5)
    return Timestamp(iso)?.advanced(by: fraction).microseconds ?? 0
  }

  private static func clock(_ text: Substring) -> (Int, Int, Double) {
    let cells = text.split(separator: ":")
    func number(_ index: Int) -> Double { index < cells.count ? Double(cells[index]) ?? 0 : 0 }
    return (Int(number(0)), Int(number(1)), min(number(2), 59.999_999))
  }
}
