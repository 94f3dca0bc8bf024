/// What is wrong with a model, or with the file of one.
public enum ModelError: Error, Equatable, CustomStringConvertible, Sendable {
  /// The first line is not `ward-model` and a version number.
  case notAModel
  /// Written by another version of the format.
  case version(String)
  /// Cut short, or more bytes than it says.
  case size(expected: Int, found: Int)
  /// The header has no end, or a line that no version 1 file has.
  case header(line: Int, String)
  /// A class that ``Tables/Attack`` does not know, or named twice.
  case unknownClass(String)
  /// A column that ``Tables/Measure`` does not know, or named twice.
  case unknownColumn(String)
  /// The bytes are not those that were written.
  case checksum
  /// No class, no column, no tree, or more than can be.
  case count(String, Int)
  /// A node that points outside its tree, or not forward.
  case child(tree: Int, node: Int)
  /// A node that asks for a column the model does not have.
  case column(tree: Int, node: Int)
  /// A threshold, leaf or base score that is NaN or infinite.
  case notFinite(tree: Int, node: Int)
  /// Leaves that together leave the range of 32-bit floats.
  case margin

  /// What is wrong, in words.
  public var description: String {
    switch self {
    case .notAModel: "not a model file"
    case .version(let found): "model version '\(found)', can read 1"
    case .size(let expected, let found): "model size: expected \(expected) bytes, found \(found)"
    case .header(let line, let cause): "model header line \(line): \(cause)"
    case .unknownClass(let name): "model class '\(name)' is unknown or named twice"
    case .unknownColumn(let name): "model column '\(name)' is unknown or named twice"
    case .checksum: "model checksum does not match: the file was changed or damaged"
    case .count(let what, let count): "model cannot have \(count) \(what)"
    case .child(let tree, let node): "model tree \(tree) node \(node): child out of range"
    case .column(let tree, let node): "model tree \(tree) node \(node): column out of range"
    case .notFinite(let tree, let node): "model tree \(tree) node \(node): value is not finite"
    case .margin: "model leaves add up to more than a 32-bit float can hold"
    }
  }
}
