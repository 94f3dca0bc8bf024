import Foundation

/// The CSV files of a folder and below it.
package enum Folder {
  /// Their paths, in order, or the path itself if it is a file; queues' `tmp` folders' names cannot be told
  /// from others', so only whole files, those that end in `.csv`, count.
  ///
  /// - Throws: ``Unreadable`` if there is neither.
  package static func tables(_ path: String) throws -> [String] {
    try Unreadable.naming(path) {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw CocoaError(.fileReadNoSuchFile)
      }
      guard isFolder.boolValue else { return [path] }
      return try FileManager.default.subpathsOfDirectory(atPath: path)
        .filter { $0.hasSuffix(".csv") }.sorted().map { "\(path)/\($0)" }
    }
  }
}
