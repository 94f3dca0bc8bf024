/// Takes a body apart as servers do; each function hands values to a judge until that says yes.
enum BodyValues {
  typealias Judge = (Octets, SQLValue.Coding) -> Bool

  /// The strings of JSON.
  static func anyString(in text: Octets, _ judge: Judge) -> Bool {
    var start = text.first(0x22)
    while let open = start {
      var close = open + 1
      while close < text.count, text[close] != 0x22 {
        close += text[close] == 0x5C ? 2 : 1
      }
      if judge(text.slice(open + 1, close), .json) { return true }
      start = text.first(0x22, from: close + 1)
    }
    return false
  }

  /// What stands between the tags of XML.
  static func anyText(in text: Octets, _ judge: Judge) -> Bool {
    var start = text.first(0x3E)
    while let open = start {
      let close = text.first(0x3C, from: open) ?? text.count
      if judge(text.slice(open + 1, close), .plain) { return true }
      start = text.first(0x3E, from: close)
    }
    return false
  }

  /// The contents of multipart/form-data (RFC 7578): lines behind an empty one, up to a boundary.
  static func anyPart(in text: Octets, _ judge: Judge) -> Bool {
    anyPart(in: text) { _, content in judge(content, .plain) }
  }

  /// The same without the contents of files, but with their names.
  static func anyField(in text: Octets, _ judge: Judge) -> Bool {
    anyPart(in: text) { head, content in
      guard let name = head.place(of: "filename=") else { return judge(content, .plain) }
      let rest = head.dropFirst(name + 9)
      let end = rest[0] == 0x22 ? rest.first(0x22, from: 1) : rest.first(13)
      return judge(rest.slice(rest[0] == 0x22 ? 1 : 0, end ?? rest.count), .plain)
    }
  }

  private static func anyPart(
    in text: Octets, _ judge: (_ head: Octets, _ content: Octets) -> Bool
  ) -> Bool {
    var line = 0
    var head = 0
    var content: Int?
    while line < text.count {
      let end = text.first(10, from: line) ?? text.count
      let isEmpty = end == line || end == line + 1 && text[line] == 13
      if let begin = content, text[line] == 0x2D, text[line + 1] == 0x2D, line > begin {
        if judge(text.slice(head, begin), text.slice(begin, line).withoutLineEnd) { return true }
        (head, content) = (line, nil)
      } else if content == nil, isEmpty {
        content = end + 1
      }
      line = end + 1
    }
    guard let begin = content else { return false }
    return judge(text.slice(head, begin), text.dropFirst(begin).withoutLineEnd)
  }
}

extension Octets {
  var lastBlank: Int? {
    var index = count - 1
    while index >= 0, self[index] != 32 { index -= 1 }
    return index >= 0 ? index : nil
  }

  var withoutLineEnd: Octets {
    var end = count
    while end > 0, self[end - 1] == 13 || self[end - 1] == 10 { end -= 1 }
    return prefix(end)
  }

  /// No control characters but those of lines.
  var isText: Bool {
    for index in 0..<count where self[index] < 32 && !(9...13).contains(self[index]) {
      return false
    }
    return true
  }

  /// Where `text`, in lower case, first stands.
  func place(of text: StaticString) -> Int? {
    guard count >= text.utf8CodeUnitCount else { return nil }
    return (0...(count - text.utf8CodeUnitCount)).first { matches(text, at: $0) }
  }
}
