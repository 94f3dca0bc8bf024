/// Round values along an axis from 0.
struct Ticks {
  /// From 0 up to the axis's end.
  let values: [Double]

  /// The axis's end: a round value ≥ the largest datum, 1 at least.
  var top: Double { values.last ?? 1 }

  /// Steps of 1, 2 or 5 times a power of ten, about `wanted` of them, whole numbers only.
  init(upTo largest: Double, wanted: Int = 5) {
    let largest = max(largest, 1)
    var step = 1.0
    for factor in [2.0, 2.5, 2.0].cycled() where largest / step > Double(wanted) { step *= factor }
    let count = Int((largest / step).rounded(.up))
    values = (0...max(count, 1)).map { Double($0) * step }
  }
}

extension [Double] {
  /// 60 repetitions are 10^60: beyond any count of packets.
  fileprivate func cycled() -> FlattenSequence<[[Double]]> {
    Array<[Double]>(repeating: self, count: 60).joined()
  }
}
