import Glibc

/// Gauss and Legendre's rule on 0...1: with as many points as the vector has lanes, integrals of
/// polynomials of degree below twice that are exact.
struct Quadrature<Lanes: SIMD & Sendable>: Sendable where Lanes.Scalar == Float {
  private(set) var points = Lanes()
  private(set) var weights = Lanes()

  init() {
    let count = Lanes.scalarCount
    for index in 0..<count {
      // Newton's steps from Tricomi's estimate of the root.
      var root = cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<8 {
        let (value, derivative) = Self.legendre(count, root)
        root -= value / derivative
        slope = derivative
      }
      points[index] = Float((1 + root) / 2)
      weights[index] = Float(1 / ((1 - root * root) * slope * slope))
    }
  }

  /// The Legendre polynomial and its slope.
  private static func legendre(_ degree: Int, _ x: Double) -> (Double, Double) {
    var (before, value) = (1.0, x)
    for index in 2...degree {
      let next = (Double(2 * index - 1) * x * value - Double(index - 1) * before) / Double(index)
      (before, value) = (value, next)
    }
    return (value, Double(degree) * (x * value - before) / (x * x - 1))
  }
}
