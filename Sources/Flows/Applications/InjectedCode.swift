/// Judges whether a value holds code for an interpreter behind the web server.
///
/// Shellshock (CVE-2014-6271), lookups of JNDI (CVE-2021-44228), expressions of template engines, PHP.
enum InjectedCode {
  static func isPresent(in text: Octets) -> Bool {
    if text.first(0x7B) != nil {
      if isFunction(text) || hasExpression(text) || Lookups.reachJNDI(text) { return true }
    }
    if text.first(0x3C) != nil, isScriptlet(text) { return true }
    return text.first(0x28) != nil && callsPHP(text)
  }

  /// `() {`: what bash took for an exported function.
  private static func isFunction(_ text: Octets) -> Bool {
    var place = 0
    while text[place].isBlank { place += 1 }
    guard text[place] == 0x28, text[place + 1] == 0x29 else { return false }
    place += 2
    while text[place].isBlank { place += 1 }
    return text[place] == 0x7B
  }

  /// `<?php`, `<?=`, `<%=`
  private static func isScriptlet(_ text: Octets) -> Bool {
    var place = text.first(0x3C)
    while let open = place {
      let isPHP = text.matches("<?php", at: open) || text.matches("<?=", at: open)
      if isPHP || text.matches("<%=", at: open) { return true }
      place = text.first(0x3C, from: open + 1)
    }
    return false
  }

  // MARK: Templates

  /// `{{7*7}}`, `${7*7}`, `#{7*7}`, `{{''.__class__}}`, `%{(#context...)}`
  private static func hasExpression(_ text: Octets) -> Bool {
    var place = text.first(0x7B)
    var expressions = 0
    while let brace = place, expressions < mostExpressions {
      let before = text[brace - 1]
      if before == 0x7B || before == 0x24 || before == 0x23 || before == 0x25 {
        if isArithmetic(text, brace + 1) || reaches(text.slice(brace, brace + 256)) { return true }
        expressions += 1
      }
      place = text.first(0x7B, from: brace + 1)
    }
    return false
  }

  private static let mostExpressions = 8

  /// Two numbers multiplied, the second perhaps a string.
  private static func isArithmetic(_ text: Octets, _ start: Int) -> Bool {
    var place = start
    while text[place] == 32 { place += 1 }
    let first = place
    while text[place].isDigit { place += 1 }
    guard place > first else { return false }
    while text[place] == 32 { place += 1 }
    guard text[place] == UInt8(ascii: "*") else { return false }
    place += 1
    while text[place] == 32 || text[place] == 0x27 || text[place] == 0x22 { place += 1 }
    return text[place].isDigit
  }

  /// What only those name who want out of the template.
  private static func reaches(_ text: Octets) -> Bool {
    ways.contains { text.contains($0) }
  }

  private static let ways: [StaticString] = [
    "__class__", "__globals__", "__subclasses__", "__import__", "__builtins__", "getruntime(",
    "java.lang.", "#_memberaccess", "#context", "@ognl", "constructor.constructor", "popen(",
  ]

  // MARK: PHP

  /// `system('id')`, `eval($_POST[...])`, `phpinfo()`: a call of what runs, with a string or a variable.
  private static func callsPHP(_ text: Octets) -> Bool {
    var place = text.first(0x28)
    while let open = place {
      var start = open
      while start > 0, text[start - 1].isLetter || text[start - 1] == 0x5F { start -= 1 }
      let name = text.slice(start, open)
      if name.count == 7, name.matches("phpinfo"), text[open + 1] == 0x29 { return true }
      if isRunner(name), takesText(text, open + 1) { return true }
      place = text.first(0x28, from: open + 1)
    }
    return false
  }

  private static func isRunner(_ name: Octets) -> Bool {
    runners.contains { $0.utf8CodeUnitCount == name.count && name.matches($0) }
  }

  private static let runners: [StaticString] = [
    "system", "passthru", "shell_exec", "popen", "proc_open", "pcntl_exec", "assert", "eval",
  ]

  private static func takesText(_ text: Octets, _ start: Int) -> Bool {
    var place = start
    while text[place].isBlank { place += 1 }
    let first = text[place]
    return first == 0x27 || first == 0x22 || first == 0x24 && text[place + 1] == 0x5F
      || text.matches("base64_decode(", at: place) || text.matches("chr(", at: place)
  }
}
