/// What is wrong with a model, or with the file of one.
public enum ModelError: Error, Equatable, CustomStringConvertible, Sendable {
  /// The first line is not `ward-model` and a version number.
  case notAModel
  /// Written by another version of the format.
  case version(String)
  /// Cut short, or more bytes than it says.
  case size(expected: Int, found: Int)
  /// The header has no end, or a line that no file of this version has.
  case header(line: Int, String)
  /// A class that ``Tables/Attack`` does not know, or named twice.
  case unknownClass(String)
  /// A column that ``Tables/Measure`` does not know, or named twice.
  case unknownColumn(String)
  /// The bytes are not those that were written.
  case checksum
  /// No class, no column, no tree, or more than can be.
  case count(String, Int)
  /// A node that points outside its tree, not forward, or at another's child; or that nobody points at.
  case child(tree: Int, node: Int)
  /// A node that asks for a column the model does not have.
  case column(tree: Int, node: Int)
  /// A threshold, leaf or base score that is NaN or infinite.
  case notFinite(tree: Int, node: Int)
  /// A tree deeper than ``Tree/deepest``.
  case depth(tree: Int)
  /// A node's cover that is not above 0.
  case cover(tree: Int, node: Int)
  /// Leaves that together leave the range of 32-bit floats.
  case margin
  /// A layer that does not fit the one before it, or whose numbers are not finite or could make such; 0:
  /// the inputs.
  case layer(Int)
  /// A member's weight that is not above 0.
  case weight
  /// A calibration curve that falls, or leaves 0 to 1.
  case calibration(Int)
  /// Bars that are not from 0 to 1, or not one a class.
  case sure
  /// A column's bins or shares that are none.
  case reference(Int)
  /// A threshold or sample size of a baseline that cannot be.
  case baseline

  /// What is wrong, in words.
  public var description: String {
    switch self {
    case .notAModel: "not a model file"
    case .version(let found): "model version '\(found)', cannot be read"
    case .size(let expected, let found): "model size: expected \(expected) bytes, found \(found)"
    case .header(let line, let cause): "model header line \(line): \(cause)"
    case .unknownClass(let name): "model class '\(name)' is unknown or named twice"
    case .unknownColumn(let name): "model column '\(name)' is unknown or named twice"
    case .checksum: "model checksum does not match: the file was changed or damaged"
    case .count(let what, let count): "model cannot have \(count) \(what)"
    case .child(let tree, let node): "model tree \(tree) node \(node): child out of range"
    case .column(let tree, let node): "model tree \(tree) node \(node): column out of range"
    case .notFinite(let tree, let node): "model tree \(tree) node \(node): value is not finite"
    case .cover(let tree, let node): "model tree \(tree) node \(node): cover is not above 0"
    case .depth(let tree): "model tree \(tree) is too deep"
    case .layer(let layer): "model layer \(layer) does not fit, or is not finite"
    case .weight: "model member's weight is not above 0"
    case .calibration(let index): "model calibration curve \(index) falls, or leaves 0 to 1"
    case .sure: "model bars are not from 0 to 1, or not one a class"
    case .reference(let column): "model reference of column \(column) is broken"
    case .baseline: "baseline's threshold or sample size cannot be"
    case .margin: "model leaves add up to more than a 32-bit float can hold"
    }
  }
}
