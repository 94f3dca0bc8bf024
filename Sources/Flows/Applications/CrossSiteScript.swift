/// Judges whether a value would put a script into the page that shows it.
///
/// A script element; an element with an event handler (HTML section 8.1.8.2), with the address of a
/// script, or with a document of its own; a quote behind which an event handler or a call follows, as
/// in an attribute or a string that the value breaks out of. Plain markup does not count.
enum CrossSiteScript {
  static func isPresent(in text: Octets) -> Bool {
    if isActive(text) { return true }
    guard text.first(0x26) != nil, text.first(0x3B) != nil else { return false }
    return withUnsafeTemporaryAllocation(byteCount: SQLValue.longest, alignment: 1) { buffer in
      guard let length = HTMLEntities.decode(text, into: buffer) else { return false }
      return isActive(Octets(UnsafeRawBufferPointer(rebasing: buffer[..<length])))
    }
  }

  private static func isActive(_ text: Octets) -> Bool {
    var place = text.first(0x3C)
    var tags = 0
    while let open = place, tags < mostTags {
      if isActiveTag(text, open) { return true }
      place = text.first(0x3C, from: open + 1)
      tags += 1
    }
    return breaksOut(text)
  }

  /// How many tags of a value are looked at, and how much of each: what bounds the work.
  private static let mostTags = 32
  private static let longestTag = 256

  // MARK: Tags

  private static func isActiveTag(_ text: Octets, _ open: Int) -> Bool {
    let start = text[open + 1] == 0x2F ? open + 2 : open + 1
    guard text[start].isLetter else { return false }
    if text.matches("script", at: start), !isNamePart(text[start + 6]) { return true }
    let end = text.slice(start, start + longestTag).first(0x3E) ?? longestTag
    let tag = text.slice(start, start + end)
    return hasHandler(tag, from: 0) || hasScriptAddress(tag)
      || tag.matches("iframe") && tag.contains("srcdoc") || tag.contains("expression(")
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == 0x2D || byte == 0x5F
  }

  /// `onload =`, behind what ends an attribute.
  private static func hasHandler(_ text: Octets, from start: Int) -> Bool {
    var place = text.first(0x3D, from: start)
    while let equals = place {
      var end = equals
      while end > start, text[end - 1].isBlank { end -= 1 }
      var begin = end
      while begin > start, text[begin - 1].isLetter { begin -= 1 }
      if begin > start, isAttributeEnd(text[begin - 1]), isHandler(text.slice(begin, end)) {
        return true
      }
      place = text.first(0x3D, from: equals + 1)
    }
    return false
  }

  private static func isAttributeEnd(_ byte: UInt8) -> Bool {
    byte.isBlank || byte == 0 || byte == 0x2F || byte == 0x22 || byte == 0x27 || byte == 0x60
  }

  private static func isHandler(_ name: Octets) -> Bool {
    guard name.count >= 5, name.matches("on") else { return false }
    return events.contains { $0.utf8CodeUnitCount == name.count - 2 && name.matches($0, at: 2) }
  }

  private static let events: [StaticString] = [
    "abort", "afterprint", "afterscriptexecute", "animationcancel", "animationend",
    "animationiteration", "animationstart", "auxclick", "beforecopy", "beforecut", "beforeinput",
    "beforepaste", "beforeprint", "beforescriptexecute", "beforetoggle", "beforeunload", "begin",
    "blur", "bounce", "cancel", "canplay", "canplaythrough", "change", "click", "close",
    "contextmenu", "copy", "cut", "dblclick", "drag", "dragend", "dragenter", "dragleave",
    "dragover", "dragstart", "drop", "durationchange", "end", "ended", "error", "finish", "focus",
    "focusin", "focusout", "formdata", "fullscreenchange", "hashchange", "input", "invalid",
    "keydown", "keypress", "keyup", "load", "loadeddata", "loadedmetadata", "loadstart", "message",
    "mousedown", "mouseenter", "mouseleave", "mousemove", "mouseout", "mouseover", "mouseup",
    "mousewheel", "pagehide", "pageshow", "paste", "pause", "play", "playing", "pointerdown",
    "pointerenter", "pointerleave", "pointermove", "pointerout", "pointerover", "pointerrawupdate",
    "pointerup", "popstate", "progress", "propertychange", "readystatechange", "repeat", "reset",
    "resize", "scroll", "scrollend", "search", "seeked", "select", "selectionchange", "selectstart",
    "show", "start", "submit", "timeupdate", "toggle", "touchend", "touchmove", "touchstart",
    "transitioncancel", "transitionend", "transitionrun", "transitionstart", "unload", "wheel",
  ]

  /// `href="java script:`: browsers leave out control characters.
  private static func hasScriptAddress(_ tag: Octets) -> Bool {
    var place = tag.first(0x3D)
    while let equals = place {
      var start = equals + 1
      while tag[start].isBlank || tag[start] == 0x22 || tag[start] == 0x27 || tag[start] == 0x60 {
        start += 1
      }
      if isScriptAddress(tag, start) { return true }
      place = tag.first(0x3D, from: equals + 1)
    }
    return false
  }

  private static func isScriptAddress(_ text: Octets, _ start: Int) -> Bool {
    let schemes: (StaticString, StaticString, StaticString) =
      ("javascript:", "vbscript:", "data:text/html")
    return spells(text, start, schemes.0) || spells(text, start, schemes.1)
      || spells(text, start, schemes.2)
  }

  private static func spells(_ text: Octets, _ start: Int, _ word: StaticString) -> Bool {
    var (place, index) = (start, 0)
    while index < word.utf8CodeUnitCount, place < text.count {
      let byte = text[place]
      place += 1
      if byte <= 32 { continue }
      guard byte.lowercased == word.utf8Start[index] else { return false }
      index += 1
    }
    return index == word.utf8CodeUnitCount
  }

  // MARK: Out of the quotes

  /// `" onfocus=`, `';alert(`.
  private static func breaksOut(_ text: Octets) -> Bool {
    for index in 0..<text.count where text[index] == 0x22 || text[index] == 0x27 {
      if hasHandler(text, from: index) { return true }
      return callsBehindQuote(text, index)
    }
    return false
  }

  private static func callsBehindQuote(_ text: Octets, _ first: Int) -> Bool {
    for index in first..<text.count where text[index] == 0x22 || text[index] == 0x27 {
      var next = index + 1
      while text[next].isBlank { next += 1 }
      switch text[next] {
      case UInt8(ascii: ";"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"),
        UInt8(ascii: "^"), UInt8(ascii: ")"), UInt8(ascii: "}"):
        return callsScript(text.slice(next, next + 128))
      default: continue
      }
    }
    return false
  }

  private static func callsScript(_ text: Octets) -> Bool {
    text.contains("alert(") || text.contains("confirm(") || text.contains("prompt(")
      || text.contains("document.cookie") || text.contains("document.location")
      || text.contains("fromcharcode(")
  }
}
