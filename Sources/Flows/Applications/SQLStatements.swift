/// Queries and statements within a value.
extension SQLJudge {
  /// `(select ...`, brackets doubled or not.
  func isSubquery(at index: Int) -> Bool {
    var place = index
    while kind(place) == .not || self[place].is(.exists) || kind(place) == .sign { place += 1 }
    guard kind(place) == .open else { return false }
    while kind(place) == .open { place += 1 }
    return self[place].is(.select) && isList(at: place + 1)
  }

  func isUnion(at index: Int) -> Bool {
    var place = index + 1
    while self[place].is(.all) || kind(place) == .open { place += 1 }
    if self[place].is(.values) { return kind(place + 1) == .open }
    return self[place].is(.select) && isList(at: place + 1)
  }

  /// A query that is the whole value, or an argument of a function.
  func isSelect(at index: Int) -> Bool {
    if index >= 2, kind(index - 1) == .open, kind(index - 2) == .function {
      return isList(at: index + 1)
    }
    guard index == 0 else { return false }
    if kind(1) == .sign, self[2].is(.from) { return true }
    if kind(1) == .variable || isKnownCall(1) { return isList(at: 1) }
    guard isList(at: 1), let from = (1..<count).first(where: { self[$0].is(.from) }) else {
      return false
    }
    guard let condition = (from..<count).first(where: { self[$0].is(.where) }),
      let left = operand(condition + 1)
    else { return false }
    return kind(left.end) == .comparison
  }

  /// A table about tables, read from.
  func isCatalogUse(at index: Int) -> Bool {
    if kind(index + 1) == .open {
      return index == 0 || kind(index - 1) != .word
    }
    return self[index - 1].is(.from)
      && (0..<index).contains { self[$0].is(.select) }
  }

  /// `order by 3--`, `group by x having 1=1`.
  func isOrder(at index: Int) -> Bool {
    guard isAnchored(index), let first = operand(index + 1) else { return false }
    var end = first.end
    while kind(end) == .comma, let next = operand(end + 1) { end = next.end }
    end = afterClosings(end)
    if kind(end) == .comment || self[end].is(.having) { return true }
    return index > 0 && first.isConstant && (kind(end) == .end || kind(end) == .semicolon)
  }

  // MARK: Functions

  /// A call of a function that only SQL has.
  func isKnownCall(_ index: Int) -> Bool {
    var place = index
    while kind(place) == .sign || kind(place) == .not { place += 1 }
    guard kind(place) == .function else { return false }
    switch SQLWord(rawValue: self[place].detail) ?? .none {
    case .dangerous, .plain, .choice: return true
    case .sleep: return kind(place + 2) == .number
    case .benchmark: return kind(place + 3) == .comma
    case .common, .object: return isQuoted || kind(place + 2) != .word
    default: return false
    }
  }

  func isFunctionInjection(_ token: SQLToken, _ index: Int) -> Bool {
    switch SQLWord(rawValue: token.detail) ?? .none {
    case .dangerous: return continues(index) && kind(index + 2) != .close
    case .sleep: return kind(index + 2) == .number && kind(index + 3) == .close && continues(index)
    case .benchmark: return kind(index + 3) == .comma && continues(index)
    case .choice:
      return continues(index) && isConstantComparison(at: index + 2)
    case .plain, .common, .object:
      guard index > 1, kind(index - 1) == .sign || self[index - 1].detail == UInt8(ascii: "|")
      else {
        return false
      }
      return isQuoted && index == 2 && kind(index + 2) != .word
    default: return false
    }
  }

  /// Whether a call stands where an operand would, and not in prose.
  private func continues(_ index: Int) -> Bool {
    switch kind(index - 1) {
    case .end:
      let last = kind(closing(index + 1))
      return last == .end || last == .comment
    case .sign, .logical, .comparison, .comma, .semicolon, .not: return true
    case .string, .number: return index == 1 && isQuoted
    case .open: return index == 1 || kind(index - 2) != .word
    case .keyword: return !isName(index - 1)
    default: return false
    }
  }

  // MARK: Statements

  /// What a semicolon begins.
  func isStatement(at index: Int) -> Bool {
    guard kind(index) == .keyword else {
      return kind(index) == .function && self[index].is(.dangerous)
    }
    let next = index + 1
    switch SQLWord(rawValue: self[index].detail) ?? .none {
    case .select: return isList(at: next)
    case .insert: return self[next].is(.into) && isName(next + 1)
    case .delete: return self[next].is(.from) && isName(next + 1) && endsStatement(next + 2)
    case .update:
      return isName(next) && self[next + 1].is(.set) && isName(next + 2)
        && kind(next + 3) == .comparison
    case .drop, .create, .alter:
      return (self[next].is(.table) || self[next].is(.object) || self[next].is(.procedure))
        && isName(next + 1)
    case .truncate: return self[next].is(.table)
    case .shutdown: return endsStatement(next)
    case .declare: return kind(next) == .variable
    case .set: return kind(next) == .variable && kind(next + 1) == .comparison
    case .execute: return isName(next) || kind(next) == .open || isExecution(at: index)
    case .waitfor: return self[next].is(.delay)
    default: return false
    }
  }

  private func endsStatement(_ index: Int) -> Bool {
    switch kind(index) {
    case .end, .comment, .semicolon: true
    default: self[index].is(.where)
    }
  }

  /// `exec xp_cmdshell 'dir'`, `exec(@x)`, `exec master..sp_who`.
  func isExecution(at index: Int) -> Bool {
    let next = index + 1
    if self[next].is(.dangerous) || kind(next) == .catalog { return true }
    if kind(next) == .open {
      return kind(next + 1) == .variable || kind(next + 1) == .string && index > 0
    }
    return kind(next) == .variable
  }
}
