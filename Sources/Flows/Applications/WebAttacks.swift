/// Kinds of attack on a web server that a request's words give away.
struct WebAttacks: OptionSet, BitwiseCopyable {
  let rawValue: UInt8
  static let sql = WebAttacks(rawValue: 1)
  static let traversal = WebAttacks(rawValue: 2)
  static let script = WebAttacks(rawValue: 4)
  static let command = WebAttacks(rawValue: 8)
}

/// Packets of requests in which each kind was found.
struct WebAttackCounts: BitwiseCopyable {
  private(set) var sql: UInt32 = 0
  private(set) var traversals: UInt32 = 0
  private(set) var scripts: UInt32 = 0
  private(set) var commands: UInt32 = 0

  mutating func add(_ found: WebAttacks) {
    if found.contains(.sql) { sql.bump() }
    if found.contains(.traversal) { traversals.bump() }
    if found.contains(.script) { scripts.bump() }
    if found.contains(.command) { commands.bump() }
  }

  mutating func absorb(_ other: WebAttackCounts) {
    sql.bump(other.sql)
    traversals.bump(other.traversals)
    scripts.bump(other.scripts)
    commands.bump(other.commands)
  }
}

/// Finds path traversal, cross-site scripting, and injected commands and code in what a web request says
/// in the clear.
///
/// As ``SQLInjection`` does: each value is decoded as a server would and judged by itself, and most hold
/// no byte that any attack needs. Blind to what is encrypted, compressed, beyond the first kilobyte of a
/// value, or cut by a segment's end. A page that an author posts in the clear, with scripts or shell
/// commands in it, looks like an attack; the content of uploaded files is searched for PHP alone.
enum WebSearch {
  /// Searches a request line: the path, then each parameter. `isWhole` says that it is there from
  /// the method on.
  static func attacks(inRequestLine line: Octets, isWhole: Bool) -> WebAttacks {
    let start = isWhole ? line.first(32).map { $0 + 1 } ?? 0 : 0
    var end = line.count
    if let version = line.lastBlank, line.matches("http/", at: version + 1) { end = version }
    return attacks(inTarget: line.slice(start, end))
  }

  /// Searches a header line that servers file or hand on: a cookie's values, a URL's parameters, or
  /// all that is said.
  static func attacks(inHeader line: Octets, isWhole: Bool) -> WebAttacks {
    guard WebTriggers.areIn(line) else { return [] }
    let isCookie = line.matches("cookie:")
    let isLink = line.matches("referer:")
    var text = line.withoutLineEnd
    if isWhole, let colon = text.first(0x3A) { text = text.dropFirst(colon + 1) }
    while text[0] == 32 { text = text.dropFirst(1) }
    if isCookie { return attacks(in: text, between: 0x3B) }
    guard isLink else { return WebValue.attacks(in: text, .url, .prose) }
    let query = text.first(0x3F) ?? text.count
    return WebValue.attacks(in: text.prefix(query), .url).union(
      attacks(in: text.dropFirst(query + 1), between: 0x26))
  }

  /// Searches any other header line for what is looked up or run wherever it is logged.
  static func attacks(inAnyHeader line: Octets, isWhole: Bool) -> WebAttacks {
    line.first(0x7B) == nil ? [] : attacks(inHeader: line, isWhole: isWhole)
  }

  /// Searches a part of a body: a form, JSON, XML, the parts of a multipart body, or plain text.
  static func attacks(inBody body: Octets) -> WebAttacks {
    let text = body.prefix(4_096)
    guard WebTriggers.areIn(text) else { return [] }
    var found: WebAttacks = []
    if text.contains(0x3C, 0x3F), text.contains("<?php") { found = .command }
    guard text.isText else { return found }
    func judge(_ value: Octets, _ coding: SQLValue.Coding) -> Bool {
      found.formUnion(WebValue.attacks(in: value, coding))
      return false
    }
    switch text[0] {
    case UInt8(ascii: "{"), UInt8(ascii: "["): _ = BodyValues.anyString(in: text, judge)
    case UInt8(ascii: "<"): _ = BodyValues.anyText(in: text, judge)
    case UInt8(ascii: "-") where text[1] == UInt8(ascii: "-"):
      _ = BodyValues.anyField(in: text, judge)
    default: found.formUnion(attacks(in: text.withoutLineEnd, between: 0x26))
    }
    return found
  }

  private static func attacks(inTarget target: Octets) -> WebAttacks {
    guard WebTriggers.areIn(target) else { return [] }
    let query = target.first(0x3F) ?? target.count
    return WebValue.attacks(in: target.prefix(query), .url, .path).union(
      attacks(in: target.dropFirst(query + 1), between: 0x26))
  }

  /// `name=value`, separated by `separator`.
  private static func attacks(in text: Octets, between separator: UInt8) -> WebAttacks {
    var found: WebAttacks = []
    var start = 0
    while start < text.count {
      let end = text.first(separator, from: start) ?? text.count
      var item = text.slice(start, end)
      while item[0] == 32 { item = item.dropFirst(1) }
      if let equals = item.first(0x3D) { item = item.dropFirst(equals + 1) }
      found.formUnion(WebValue.attacks(in: item, .url))
      start = end + 1
    }
    return found
  }
}
