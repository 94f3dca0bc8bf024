/// C += A · B, the one loop in which a perceptron's time goes: two rows of A against sixteen columns of B
/// at a time, in registers.
///
/// - Parameters:
///   - a: `rows` × `inner`, element (i, p) at `i * rowStride + p * columnStride`.
///   - b: `inner` × `columns`, row after row.
///   - c: `rows` × `columns`, row after row.
///   - columns: a multiple of 16.
func addProduct(
  _ a: UnsafePointer<Float>, rowStride: Int, columnStride: Int, _ b: UnsafePointer<Float>,
  to c: UnsafeMutablePointer<Float>, rows: Int, inner: Int, columns: Int
) {
  for column in stride(from: 0, to: columns, by: 16) {
    var row = 0
    while row + 2 <= rows {
      pair(
        a + row * rowStride, rowStride, columnStride, b + column, c + row * columns + column,
        inner, columns)
      row += 2
    }
    guard row < rows else { continue }
    single(
      a + row * rowStride, columnStride, b + column, c + row * columns + column, inner, columns)
  }
}

@inline(__always)
private func pair(
  _ a: UnsafePointer<Float>, _ rowStride: Int, _ columnStride: Int, _ b: UnsafePointer<Float>,
  _ c: UnsafeMutablePointer<Float>, _ inner: Int, _ columns: Int
) {
  var (one, two) = (load(c), load(c + columns))
  var (at, from) = (a, b)
  for _ in 0..<inner {
    let line = load(from)
    one += line * at[0]
    two += line * at[rowStride]
    at += columnStride
    from += columns
  }
  store(one, c)
  store(two, c + columns)
}

@inline(__always)
private func single(
  _ a: UnsafePointer<Float>, _ columnStride: Int, _ b: UnsafePointer<Float>,
  _ c: UnsafeMutablePointer<Float>, _ inner: Int, _ columns: Int
) {
  var one = load(c)
  for index in 0..<inner { one += load(b + index * columns) * a[index * columnStride] }
  store(one, c)
}

@inline(__always)
private func load(_ at: UnsafePointer<Float>) -> SIMD16<Float> {
  UnsafeRawPointer(at).loadUnaligned(as: SIMD16<Float>.self)
}

@inline(__always)
private func store(_ value: SIMD16<Float>, _ at: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(at).storeBytes(of: value, as: SIMD16<Float>.self)
}
