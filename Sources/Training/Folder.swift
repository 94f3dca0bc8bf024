import Foundation
import Tables

/// The CSV files of a folder and below it.
package enum Folder {
  /// Their paths, in order, or the path itself if it is a file; queues' `tmp` folders' names cannot be told
  /// from others', so only whole files, those that end in `.csv`, count. Of an archive the folder of
  /// corrections is left out: its rows stand in the other folders, too, and are another table.
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
        .filter { $0.hasSuffix(".csv") && !$0.hasPrefix("corrections/") }.sorted()
        .map { "\(path)/\($0)" }
    }
  }
}

extension Tables.Table {
  /// The one of some tables that a file begins like; the first if it is none of them, whose reader then
  /// says what is wrong.
  static func of(_ data: Data, among tables: [Tables.Table]) -> Tables.Table {
    tables.first { data.starts(with: "\($0.columns[0]),".utf8) } ?? tables[0]
  }
}
