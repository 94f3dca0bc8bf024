import Tables

/// What a public table's label is as an attack.
enum PublicName {
  /// nil for a name that no set has, or that is out of scope: its rows are left out.
  static func attack(_ label: String) -> Attack? {
    Attack(rawValue: label) ?? PublicLabel(label)?.attack
  }
}
