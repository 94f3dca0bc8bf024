import Glibc
import Logging
import Models
import Spool
import Stage

/// Where the model comes from.
enum ModelSource: Equatable {
  /// No model: the detectors judge alone.
  case none
  /// A file that a person named: it must be there.
  case named(String)
  /// The file that came with the program; it may be missing.
  case shipped(String)

  /// What `--model` or the configuration says; nil for what came with the program.
  init(_ name: String?) {
    switch name {
    case "none": self = .none
    case let name?: self = .named(name)
    case nil: self = .shipped(Self.shippedPath(besides: Self.programFolder()))
    }
  }

  /// The file, if there is one to be watched.
  var path: String? {
    switch self {
    case .none: nil
    case .named(let path), .shipped(let path): path
    }
  }

  /// Reads the model.
  ///
  /// - Returns: nil where there is none, and need not be.
  /// - Throws: `Failure` (data) for a file that is no model, (no input) for a named one that is not
  ///   there.
  func load(_ logger: Logger) throws -> Model? {
    guard let path else { return nil }
    if case .shipped = self, access(path, F_OK) != 0, errno == ENOENT {
      logger.warning("no model: detectors only", metadata: ["file": "\(path)"])
      return nil
    }
    let model: Model
    do {
      model = try withFile(path) { try Model(parsing: $0) }
    } catch let error as ModelError {
      throw Failure(.data, "unable to use model \(path): \(error)")
    }
    logger.info(
      "model",
      metadata: [
        "file": "\(path)", "classes": "\(model.classes.count)",
        "columns": "\(model.columns.count)",
        "members": "\(model.members.map(\.words).joined(separator: ", "))",
      ])
    return model
  }

  /// Where `default.model` is: beside the program (installed), else in the source tree that the
  /// program was built in; the first place if in neither.
  static func shippedPath(besides folder: String) -> String {
    var places = ["\(folder)/default.model"]
    var parts = folder.split(separator: "/")
    while !parts.isEmpty {
      parts.removeLast()
      places.append(
        (["" as Substring] + parts + ["Sources", "classify", "default.model"])
          .joined(separator: "/"))
    }
    return places.first { access($0, R_OK) == 0 } ?? places[0]
  }

  private static func programFolder() -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let path = buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }
    let cut = path.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
    return String(decoding: path[..<cut], as: UTF8.self)
  }
}
