import Tables

/// What a public table's label is as an attack.
enum PublicName {
  /// nil for a name that Ward has none for: its rows are left out.
  static func attack(_ label: String) -> Attack? { Attack(rawValue: label) }
}
