/// HTTP/1 (RFC 9112): request lines, status lines, and as much of the headers as tells where a message
/// ends. Requests are searched for attacks on the way.
extension Conversation {
  fileprivate enum State {
    static let headers: UInt8 = 2
    static let body: UInt8 = 3
    static let chunk: UInt8 = 4
  }

  /// How much of a request's body is searched. B.
  private static let mostSearched: UInt16 = 16_384

  /// Whether the newest request goes on, as far as it was seen.
  var isRequestUnfinished: Bool {
    guard application == .http, phase == .reading else { return false }
    let client = marks.contains(.reversed) ? backward : forward
    if client.marks.contains(.lost) { return false }
    switch client.state {
    case Side.start: return client.count > 0
    case Side.skipping: return client.left > 0 || client.marks.contains(.chunked)
    default: return true
    }
  }

  /// Bytes of a request's body that nobody saw are part of it.
  func jumpHTTPBody(_ side: inout Side) {
    if application == .http, side.state == State.body { side.state = Side.skipping }
  }

  mutating func readHTTP(_ side: inout Side, _ octets: Octets, isClient: Bool) {
    resynchronize(&side, octets, isClient: isClient)
    var place = 0
    while place < octets.count, phase == .reading, !side.marks.contains(.lost) {
      switch side.state {
      case Side.skipping:
        side.pass(&place, octets.count)
        endPart(&side)
      case State.body: readBody(&side, octets, &place)
      default: readLine(&side, octets, &place, isClient: isClient)
      }
    }
  }

  /// After a loss, where a body seems to go on though a new request was made, or where headers never
  /// ended since not all of them were captured: a segment that begins like a message is one.
  private mutating func resynchronize(_ side: inout Side, _ octets: Octets, isClient: Bool) {
    let isLost = side.marks.contains(.lost)
    let isOverdue = !isClient && side.state == Side.skipping && marks.contains(.asked)
    guard isLost || isOverdue || side.state == State.headers else { return }
    var trial = Side()
    trial.hold(octets, 0, octets.count)
    guard isClient ? HTTPMethod.begins(trial) : trial.begins("http/1.") else { return }
    if isLost || isOverdue || Self.isStartLine(octets, isClient: isClient) { side.restart() }
  }

  /// Whether a first line names its version where a request or a response does.
  private static func isStartLine(_ octets: Octets, isClient: Bool) -> Bool {
    guard isClient else { return octets[8] == 32 && octets[9].isDigit && octets[11].isDigit }
    guard let end = octets.first(10) else { return false }
    let stop = octets[end - 1] == 13 ? end - 1 : end
    return octets.matches("http/1.", at: stop - 8)
  }

  private func endPart(_ side: inout Side) {
    guard side.left == 0 else { return }
    side.state = side.marks.contains(.chunked) ? State.chunk : Side.start
  }

  private mutating func readBody(_ side: inout Side, _ octets: Octets, _ place: inout Int) {
    let end = place + min(octets.count - place, Int(side.left))
    let part = octets.slice(place, end)
    if SQLInjection.isPresent(inBody: part) { found.insert(.sql) }
    found.formUnion(WebSearch.attacks(inBody: part))
    let (sum, isOver) = side.number.addingReportingOverflow(UInt16(clamping: end - place))
    side.number = isOver ? .max : sum
    side.left -= UInt32(clamping: end - place)
    place = end
    if side.left == 0 {
      endPart(&side)
    } else if side.number >= Self.mostSearched {
      side.state = Side.skipping
    }
  }

  // MARK: Lines

  private mutating func readLine(
    _ side: inout Side, _ octets: Octets, _ place: inout Int, isClient: Bool
  ) {
    let end = octets.first(10, from: place)
    let stop = end ?? octets.count
    let before = Int(side.count)
    side.hold(octets, place, stop)
    let part = octets.slice(place, stop)
    place = end.map { $0 + 1 } ?? stop
    if side.state == State.headers {
      readHeader(&side, part, before: before, isClient: isClient)
    } else if side.state == Side.start, isClient {
      if SQLInjection.isPresent(inRequestLine: part, isWhole: before == 0) { found.insert(.sql) }
      found.formUnion(WebSearch.attacks(inRequestLine: part, isWhole: before == 0))
    }
    guard end != nil else { return }
    endLine(&side, isClient: isClient)
    side.release()
  }

  private mutating func endLine(_ side: inout Side, isClient: Bool) {
    let isEmpty = side.count == 0 || side.count == 1 && side[0] == 13
    switch side.state {
    case State.headers: if isEmpty { endHeaders(&side, isClient: isClient) }
    case State.chunk: if !isEmpty { beginChunk(&side, isClient: isClient) }
    default:
      guard !isEmpty else { return }
      if isClient { beginRequest(&side) } else { beginResponse(&side) }
    }
  }

  private mutating func beginRequest(_ side: inout Side) {
    guard HTTPMethod.begins(side) else { return side.lose() }
    if side.begins("pri * http/2") {
      phase = .done
      return
    }
    tallies.httpRequests.bump()
    if side.begins("post ") { tallies.httpPosts.bump() }
    marks.remove([.loginPending, .headAsked, .tunnelAsked])
    marks.insert(.asked)
    if side.begins("head ") { marks.insert(.headAsked) }
    if side.begins("connect ") { marks.insert(.tunnelAsked) }
    beginHeaders(&side)
  }

  private mutating func beginResponse(_ side: inout Side) {
    // HTTP/1.1 401
    guard side.begins("http/1."), side[8] == 32, side[9].isDigit, side[10].isDigit,
      side[11].isDigit
    else { return side.lose() }
    side.number =
      UInt16(side[9] & 15) * 100 + UInt16(side[10] & 15) * 10 + UInt16(side[11] & 15)
    judgeStatus(side.number)
    if side.number >= 200 { marks.remove([.loginPending, .asked]) }
    beginHeaders(&side)
  }

  private mutating func judgeStatus(_ status: UInt16) {
    if (400...599).contains(status) { tallies.httpErrors.bump() }
    let isAsking = status == 401 || status == 407
    if isAsking || status == 403 { tallies.httpAuthFailures.bump() }
    if isAsking, marks.contains(.loginPending) { tallies.loginFailures.bump() }
  }

  private func beginHeaders(_ side: inout Side) {
    side.state = State.headers
    side.left = 0
    side.marks.remove([.chunked, .sized])
  }

  // MARK: Headers

  private mutating func readHeader(
    _ side: inout Side, _ part: Octets, before: Int, isClient: Bool
  ) {
    switch side[0].lowercased {
    case UInt8(ascii: "c"):
      if side.begins("content-length:") {
        readLength(&side, part.dropFirst(max(0, 15 - before)))
        return
      }
    case UInt8(ascii: "t"):
      if side.begins("transfer-encodin"), before < Side.most { side.marks.insert(.chunked) }
    case UInt8(ascii: "a"), UInt8(ascii: "p"):
      let isLogin = side.begins("authorization:") || side.begins("proxy-authorizat")
      if isClient, isLogin { marks.insert(.loginPending) }
    default: break
    }
    if isClient { search(part, of: side, isFirst: before == 0) }
  }

  /// Searches a header by its name: those that servers keep, those that tell whence, and the others.
  private mutating func search(_ part: Octets, of side: Side, isFirst: Bool) {
    switch side[0].lowercased {
    case UInt8(ascii: "c") where side.begins("cookie:"),
      UInt8(ascii: "r") where side.begins("referer:"),
      UInt8(ascii: "u") where side.begins("user-agent:"),
      UInt8(ascii: "x") where side.begins("x-forwarded-for"):
      if SQLInjection.isPresent(inHeader: part, isWhole: isFirst) { found.insert(.sql) }
      found.formUnion(WebSearch.attacks(inHeader: part, isWhole: isFirst))
    case UInt8(ascii: "x") where side.begins("x-"):
      found.formUnion(WebSearch.attacks(inHeader: part, isWhole: isFirst))
    default: found.formUnion(WebSearch.attacks(inAnyHeader: part, isWhole: isFirst))
    }
  }

  private func readLength(_ side: inout Side, _ digits: Octets) {
    side.marks.insert(.sized)
    for index in 0..<digits.count where digits[index].isDigit {
      side.left = UInt32(clamping: UInt64(side.left) * 10 + UInt64(digits[index] & 15))
    }
  }

  /// RFC 9112 section 6.3: what follows the empty line.
  private mutating func endHeaders(_ side: inout Side, isClient: Bool) {
    if isClient {
      side.number = 0
      if side.marks.contains(.chunked) {
        side.state = State.chunk
      } else {
        side.state = side.left > 0 ? State.body : Side.start
      }
      return
    }
    let isTunnel = marks.contains(.tunnelAsked) && side.number / 100 == 2
    if isTunnel || side.number == 101 { phase = .done }
    let isBodiless =
      side.number < 200 || side.number == 204 || side.number == 304 || marks.contains(.headAsked)
    if isBodiless {
      side.restart()
    } else if side.marks.contains(.chunked) {
      side.state = State.chunk
    } else if side.marks.contains(.sized) {
      side.skip(Int(side.left))
    } else {
      side.ignoreRest()
    }
  }

  /// A chunk's size in hexadecimal; the last is 0, and trailers follow it.
  private func beginChunk(_ side: inout Side, isClient: Bool) {
    var size: UInt32 = 0
    var digits = 0
    while digits < 8, let digit = side[digits].hexDigit {
      size = size << 4 | UInt32(digit)
      digits += 1
    }
    guard digits > 0 else { return side.lose() }
    if size == 0 {
      // Trailers end like headers, and nothing follows them.
      side.marks.remove(.chunked)
      side.marks.insert(.sized)
      side.left = 0
      side.state = State.headers
    } else {
      side.left = size
      side.state = isClient ? State.body : Side.skipping
    }
  }
}
