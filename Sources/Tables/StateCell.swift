extension Record {
  /// The cell that says why the row was written.
  func state(_ index: Int) throws -> FlowState {
    let cell = self[index]
    if cell.count < 8 {
      let text = Self.packed(cell)
      for (name, state) in Self.states where name == text { return state }
    }
    throw bad(index, "state")
  }

  /// Their names, each in a number.
  private static let states: [(name: UInt64, state: FlowState)] = FlowState.allCases.map { state in
    var name = state.rawValue
    return (name.withUTF8 { packed(UnsafeRawBufferPointer($0)) }, state)
  }

  /// Up to seven bytes and how many they are.
  private static func packed(_ text: UnsafeRawBufferPointer) -> UInt64 {
    text.reduce(UInt64(text.count)) { $0 << 8 | UInt64($1) }
  }
}
