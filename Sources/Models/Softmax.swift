import Glibc

/// Margins become probabilities, row after row; the sum is in 64 bits, as XGBoost's.
func softmax(_ values: inout [Float], width: Int) {
  for row in stride(from: 0, to: values.count, by: width) {
    var highest = values[row]
    for index in row..<(row + width) { highest = max(highest, values[index]) }
    var sum = 0.0
    for index in row..<(row + width) {
      values[index] = expf(values[index] - highest)
      sum += Double(values[index])
    }
    for index in row..<(row + width) { values[index] /= Float(sum) }
  }
}

/// The natural logarithm.
func logarithm(_ value: Double) -> Double { log(value) }
