/// A file that cannot be read, and why.
package struct Unreadable: Error {
  /// The file.
  package var path: String
  /// What the reader said.
  package var cause: any Error

  /// Does `body`; what it throws becomes this error, unless it is one.
  static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as Unreadable {
      throw error
    } catch {
      throw Unreadable(path: path, cause: error)
    }
  }
}
