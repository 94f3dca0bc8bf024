/// Operands and lists.
extension SQLJudge {
  struct Operand {
    /// The token behind it.
    var end: Int
    /// Whether its value depends on no column.
    var isConstant: Bool
  }

  /// The operand that begins at a token; nil if none does.
  func operand(_ index: Int) -> Operand? {
    guard var left = simpleOperand(index) else { return nil }
    // `3*2*1`, `'a'||'b'`
    while kind(left.end) == .sign
      || self[left.end].detail == UInt8(ascii: "|")
        && kind(left.end) == .logical
    {
      guard let right = simpleOperand(left.end + 1) else { break }
      left = Operand(end: right.end, isConstant: left.isConstant && right.isConstant)
    }
    return left
  }

  private func simpleOperand(_ index: Int) -> Operand? {
    var first = index
    while kind(first) == .sign || kind(first) == .not { first += 1 }
    switch kind(first) {
    case .number, .string, .variable, .constant: return Operand(end: first + 1, isConstant: true)
    case .function: return Operand(end: closing(first + 1), isConstant: true)
    case .open: return bracketed(first)
    case .word, .catalog:
      return kind(first + 1) == .open
        ? Operand(end: closing(first + 1), isConstant: false)
        : Operand(end: first + 1, isConstant: false)
    case .keyword:
      if self[first].is(.case) { return caseOperand(first) }
      return isName(first) ? Operand(end: first + 1, isConstant: false) : nil
    default: return nil
    }
  }

  private func bracketed(_ index: Int) -> Operand? {
    let end = closing(index)
    guard end <= count, kind(end - 1) == .close, end - index > 2 else { return nil }
    let isConstant = !(index..<end).contains { kind($0) == .word || self[$0].is(.select) }
    return Operand(end: end, isConstant: isConstant)
  }

  private func caseOperand(_ index: Int) -> Operand {
    var end = index
    while end < count, !self[end].is(.end) { end += 1 }
    return Operand(end: min(end + 1, count), isConstant: true)
  }

  /// The token behind the bracket that closes the one at `index`; the end, if none does.
  func closing(_ index: Int) -> Int {
    var depth = 0
    var place = index
    while place < count {
      if kind(place) == .open { depth += 1 }
      if kind(place) == .close {
        depth -= 1
        if depth == 0 { return place + 1 }
      }
      place += 1
    }
    return count
  }

  /// Whether the token may be the name of a column or a table.
  func isName(_ index: Int) -> Bool {
    switch kind(index) {
    case .word, .catalog: return true
    case .keyword:
      switch SQLWord(rawValue: self[index].detail) ?? .none {
      case .object, .delay, .end, .set, .table, .by, .order, .group, .limit, .values, .rename,
        .grant, .procedure, .shutdown, .truncate, .then, .when:
        return true
      default: return false
      }
    default: return false
    }
  }

  /// Whether a list as of SELECT begins here: with a constant, or names that a FROM follows.
  func isList(at index: Int) -> Bool {
    var place = index
    while self[place].is(.all) || kind(place) == .open && !self[place + 1].is(.select) {
      place += 1
    }
    var hasConstant = false
    var items = 0
    while items < 64 {
      if kind(place) == .sign, self[place].detail == UInt8(ascii: "*") {
        place += 1
      } else if kind(place) == .open, self[place + 1].is(.select) {
        return true
      } else if let item = operand(place) {
        hasConstant = hasConstant || item.isConstant
        place = item.end
        if self[place].is(.as) { place += 1 }
        if isName(place), items > 0 || self[place - 1].is(.as) || kind(place - 1) == .close {
          place += 1
        }
      } else {
        break
      }
      items += 1
      guard kind(place) == .comma else { break }
      place += 1
    }
    guard items > 0 else { return false }
    return endsList(place, hasConstant: hasConstant)
  }

  private func endsList(_ index: Int, hasConstant: Bool) -> Bool {
    let end = afterClosings(index)
    if self[end].is(.from) { return isName(end + 1) || kind(end + 1) == .open }
    switch kind(end) {
    case .comment: return true
    case .end, .semicolon: return hasConstant
    case .keyword:
      return hasConstant
        && (self[end].is(.into) || self[end].is(.where) || self[end].is(.union)
          || self[end].is(.limit) || self[end].is(.orderBy))
    case .logical, .comparison, .sign: return hasConstant && index != end
    default: return hasConstant && index != end
    }
  }
}
