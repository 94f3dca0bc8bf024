/// What can fail in here; reads "unable to VERB OBJECT: cause".
public struct FirewallError: Error, CustomStringConvertible, Hashable, Sendable {
  /// The whole sentence.
  public let description: String

  /// An error from its sentence.
  public init(_ description: String) { self.description = description }
}
