/// The version that reports carry.
enum Version {
  static let current = "0.1.0"
}
