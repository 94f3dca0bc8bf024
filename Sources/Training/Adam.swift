import Glibc

/// Steps down a gradient (Kingma and Ba, ICLR 2015), with its usual constants.
struct Adam {
  private var first: [Float]
  private var second: [Float]
  private var steps = 0
  private let size: Float

  init(count: Int, size: Double) {
    first = [Float](repeating: 0, count: count)
    second = first
    self.size = Float(size)
  }

  /// Moves `parameters` one step; 10⁻⁴ of each is pulled to 0 with it (Loshchilov and Hutter, ICLR
  /// 2019).
  mutating func step(_ parameters: inout [Float], _ gradient: [Float]) {
    steps += 1
    let rate =
      size * (1 - powf(0.999, Float(steps))).squareRoot() / (1 - powf(0.9, Float(steps)))
    let decay = 1 - size * 1e-4
    for index in parameters.indices {
      let slope = gradient[index]
      first[index] = 0.9 * first[index] + 0.1 * slope
      second[index] = 0.999 * second[index] + 0.001 * slope * slope
      parameters[index] =
        parameters[index] * decay - rate * first[index] / (second[index].squareRoot() + 1e-8)
    }
  }
}
