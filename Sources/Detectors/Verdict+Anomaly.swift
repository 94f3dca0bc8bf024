import Tables

extension Verdict {
  /// Unlike the site's normal traffic: what nobody calls an attack becomes `UNKNOWN`.
  ///
  /// - Parameters:
  ///   - anomaly: how unlike, 0 to 1.
  ///   - threshold: from what on that counts.
  public func given(anomaly: Double, threshold: Double) -> Verdict {
    guard attack == .benign, anomaly >= threshold else { return self }
    return Verdict(.unknown, anomaly, .none)
  }
}
