/// Judges a row of tokens: is it a value, or SQL that goes on where a value should end?
///
/// Words alone prove nothing. What counts is what only SQL puts in this order: a comparison of
/// constants behind a connective, a UNION with a SELECT and its list, a statement behind a semicolon,
/// a quote and a comment at the end.
struct SQLJudge {
  let tokens: UnsafeMutableBufferPointer<SQLToken>
  let count: Int
  /// Whether the first token is the rest of a string that the value was put into.
  let isQuoted: Bool

  init(_ tokens: UnsafeMutableBufferPointer<SQLToken>, _ count: Int, isQuoted: Bool) {
    self.tokens = tokens
    self.count = count
    self.isQuoted = isQuoted
  }

  subscript(_ index: Int) -> SQLToken {
    index >= 0 && index < count ? tokens[index] : SQLToken(.end)
  }

  func kind(_ index: Int) -> SQLToken.Kind { self[index].kind }

  var findsInjection: Bool {
    guard count > 1 || kind(0) == .function else { return false }
    if isQuoted, leavesQuote { return true }
    return (0..<count).contains { isInjection(at: $0) }
  }

  private func isInjection(at index: Int) -> Bool {
    let token = tokens[index]
    switch token.kind {
    case .logical: return isConnective(at: index)
    case .not, .comparison: return isSubquery(at: index + 1) && leads(to: index)
    case .keyword: return isKeywordInjection(token, index)
    case .function: return isFunctionInjection(token, index)
    case .semicolon: return isStatement(at: index + 1)
    case .open: return index == 0 && isSubquery(at: 0)
    case .sign, .comma: return isSubquery(at: index + 1) && leads(to: index)
    case .catalog: return isCatalogUse(at: index)
    default: return false
    }
  }

  private func isKeywordInjection(_ token: SQLToken, _ index: Int) -> Bool {
    switch SQLWord(rawValue: token.detail) ?? .none {
    case .union: isUnion(at: index)
    case .select: isSelect(at: index)
    case .having: isAnchored(index) && isConstantComparison(at: index + 1)
    case .orderBy, .groupBy: isOrder(at: index)
    case .outfile: self[index - 1].is(.into) && kind(index + 1) == .string
    case .procedure: isAnchored(index) && kind(index + 2) == .open
    case .waitfor: self[index + 1].is(.delay) && kind(index + 2) == .string
    case .case: self[index + 1].is(.when) && isConstantComparison(at: index + 2)
    case .execute: isExecution(at: index)
    case .declare: kind(index + 1) == .variable && isName(index + 2)
    default: false
    }
  }

  // MARK: Out of the quotes

  /// What follows the quote that ends the application's string.
  private var leavesQuote: Bool {
    let next = afterClosings(1)
    switch kind(next) {
    case .comment: return isEndingComment(self[next])
    case .semicolon: return kind(next + 1) == .comment && isEndingComment(self[next + 1])
    case .comparison, .sign: return isEmptyOperation(at: next)
    case .logical:
      // `' or 'x`: the application's own quote ends the string.
      let last = self[next + 1]
      return kind(next + 2) == .end && last.kind == .string && last.traits.contains(.open)
        && !last.traits.contains(.prose) && self[next].detail != UInt8(ascii: "|")
    default: return false
    }
  }

  /// Short, as attackers leave it, and no prose.
  private func isEndingComment(_ comment: SQLToken) -> Bool {
    comment.traits.contains(.hyphens)
      ? !comment.traits.contains(.prose) : comment.traits.contains(.empty)
  }

  /// `'='`, `'-'`, `' like '`: an operation on two empty strings, which is true or 0.
  private func isEmptyOperation(at index: Int) -> Bool {
    let right = self[index + 1]
    let isEnd = kind(index + 2) == .end && right.traits.contains([.open, .empty])
    return right.kind == .string && isEnd && index == 1
      && (kind(index) == .comparison || self[0].traits.contains(.empty))
  }

  // MARK: Connectives

  private func isConnective(at index: Int) -> Bool {
    if isConstantComparison(at: index + 1) { return true }
    if isSubquery(at: index + 1) { return true }
    guard isAnchored(index) else { return false }
    var first = index + 1
    while kind(first) == .not { first += 1 }
    if self[first].is(.exists), isSubquery(at: first + 1) { return true }
    guard let left = operand(first) else { return false }
    if isKnownCall(first) { return true }
    if left.isConstant, kind(left.end) == .comment { return true }
    if kind(first) == .constant, afterClosings(left.end) >= count { return index > 0 }
    return isColumnComparison(left, index)
  }

  /// A comparison of a column, in the way that only the end of a quoted value or of a number has it.
  private func isColumnComparison(_ left: Operand, _ index: Int) -> Bool {
    guard kind(left.end) == .comparison else { return false }
    let second = kind(left.end + 1) == .not ? left.end + 2 : left.end + 1
    guard let right = operand(second), right.isConstant else { return false }
    let isOver =
      switch kind(right.end) {
      case .end, .comment, .logical, .close, .semicolon: true
      default: false
      }
    if isQuoted, afterClosings(1) == index { return isOver }
    return kind(right.end) == .comment || kind(second) == .string && isOver && isNumberOnly(index)
  }

  private func isNumberOnly(_ index: Int) -> Bool { index == 1 && kind(0) == .number }

  /// Two constants compared, or joined by an operator that compares.
  func isConstantComparison(at index: Int) -> Bool {
    var first = index
    while kind(first) == .not || kind(first) == .open && operand(first) == nil { first += 1 }
    guard let left = operand(first) else { return false }
    guard left.isConstant else { return openComparison(first) }
    var sign = left.end
    if kind(sign) == .not { sign += 1 }
    guard kind(sign) == .comparison else { return openComparison(first) }
    if isSubquery(at: sign + 1) { return true }
    guard let right = operand(sign + 1) else { return false }
    return right.isConstant || isKnownCall(sign + 1) || kind(sign + 1) == .catalog
  }

  /// `(1=1`: the comparison stands behind brackets.
  private func openComparison(_ index: Int) -> Bool {
    var first = index
    while kind(first) == .open { first += 1 }
    guard first > index, let left = operand(first), left.isConstant,
      kind(left.end) == .comparison, let right = operand(left.end + 1)
    else { return false }
    return right.isConstant
  }

  // MARK: Where it stands

  /// Whether what stands before is the end of a value that was put into a query.
  func isAnchored(_ index: Int) -> Bool {
    var before = index - 1
    while kind(before) == .close { before -= 1 }
    if before < 0 { return true }
    if isQuoted, before == 0 { return true }
    if kind(before) == .number { return before == 0 || before == 1 && kind(0) == .sign }
    return isQuoted && kind(before) == .string && before > 0 && kind(before - 1) == .comparison
  }

  /// Whether an operator continues a value: there is a constant before it.
  private func leads(to index: Int) -> Bool {
    switch kind(afterClosingsBackwards(index - 1)) {
    case .string, .number, .constant, .variable, .end: true
    default: false
    }
  }

  private func afterClosingsBackwards(_ index: Int) -> Int {
    var index = index
    while index >= 0, kind(index) == .close { index -= 1 }
    return index
  }

  func afterClosings(_ index: Int) -> Int {
    var index = index
    while kind(index) == .close { index += 1 }
    return index
  }
}
