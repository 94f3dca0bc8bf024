import Flows
import Tables

extension FlowLimits {
  /// Room for a test's traffic in tables that take no time to make.
  static let small: FlowLimits = {
    var limits = FlowLimits()
    limits.flows = 1_024
    limits.keys = 512
    return limits
  }()
}

/// A capture handed over in segments.
enum Segments {
  /// The rows without their numbers, of segments that end before the shots numbered `cuts`; with `idle`,
  /// three empty segments follow each.
  static func rows(
    _ shots: [Shot], cuts: Set<Int> = [], idle: Bool = false, _ limits: FlowLimits = .small
  ) -> [ArraySlice<UInt8>] {
    var text: [UInt8] = []
    var featurizer = Featurizer(sensor: "test", limits: limits)
    featurizer.beginSegment()
    for (index, shot) in shots.enumerated() {
      if cuts.contains(index) {
        featurizer.advance(to: Traffic.moment(shot.time))
        text += featurizer.take()
        for _ in 0..<(idle ? 3 : 0) {
          featurizer.beginSegment()
          featurizer.advance(to: Traffic.moment(shot.time))
          text += featurizer.take()
        }
        featurizer.beginSegment()
      }
      featurizer.add(shot)
    }
    featurizer.finish()
    text += featurizer.take()
    let header = Array(Table.flow.columns[0].utf8)
    return text.split(separator: UInt8(ascii: "\n")).filter { !$0.starts(with: header) }
      .map { $0.drop { $0 != UInt8(ascii: ",") } }
  }
}
