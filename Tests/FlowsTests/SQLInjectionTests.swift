import Packets
import Tables
import Testing
import TestSupport

/// Requests in which SQL must be found, and requests in which it must not.
@Suite struct SQLInjectionTests {
  private func patterns(in request: [UInt8]) throws -> Double {
    try Dialogue(port: 80).adding { $0.client(request) }.row()[.sqlInjections]
  }

  /// All but letters, digits and `-_.~` as `%XX`.
  private func escaped(_ value: String) -> String {
    value.utf8.map { byte in
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "-_.~".utf8.contains(byte)
      let hex = String(byte, radix: 16, uppercase: true)
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + (hex.utf8.count == 1 ? "0" + hex : hex)
    }.joined()
  }

  private func query(_ value: String) -> [UInt8] {
    Array("GET /search?lang=en&q=\(escaped(value))&page=2 HTTP/1.1\r\nHost: his\r\n\r\n".utf8)
  }

  private func post(_ type: String, _ body: String) -> [UInt8] {
    let head =
      "POST /form HTTP/1.1\r\nHost: his\r\nContent-Type: \(type)\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n"
    return Array((head + body).utf8)
  }

  private func form(_ value: String) -> [UInt8] {
    post("application/x-www-form-urlencoded", "id=7&name=\(escaped(value))&ok=1")
  }

  private func cookie(_ value: String) -> [UInt8] {
    Array("GET / HTTP/1.1\r\nCookie: a=1; session=\(escaped(value)); b=2\r\n\r\n".utf8)
  }

  private func json(_ value: String) -> [UInt8] {
    var text = ""
    for character in value.unicodeScalars {
      if character == "\"" || character == "\\" { text += "\\" }
      text.unicodeScalars.append(character)
    }
    return post("application/json", "{\"id\": 7, \"name\": \"\(text)\", \"ok\": true}")
  }

  private func multipart(_ value: String) -> [UInt8] {
    post(
      "multipart/form-data; boundary=XX",
      "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\(value)\r\n--XX--\r\n")
  }

  private func xml(_ value: String) -> [UInt8] {
    post("text/xml", "<?xml version=\"1.0\"?><q><name>\(value)</name></q>")
  }

  private func requests(_ value: String) -> [(String, [UInt8])] {
    [
      ("query", query(value)), ("form", form(value)), ("cookie", cookie(value)),
      ("json", json(value)), ("multipart", multipart(value)),
    ]
  }

  @Test(arguments: Injections.all)
  func `an injection is found wherever a value may stand`(value: String) throws {
    for (place, request) in requests(value) {
      #expect(try patterns(in: request) == 1, "\(place): \(value)")
    }
  }

  @Test(arguments: Injections.harmless)
  func `a harmless value is left alone wherever it stands`(value: String) throws {
    for (place, request) in requests(value) {
      #expect(try patterns(in: request) == 0, "\(place): \(value)")
    }
    if !value.utf8.contains(where: { "<>&".utf8.contains($0) }) {
      #expect(try patterns(in: xml(value)) == 0, "xml: \(value)")
    }
  }

  @Test(arguments: [
    "GET /item?id=1%2527%2520or%25201%253D1--%2520 HTTP/1.1",
    "GET /item?id=1%u0027%20or%201=1--%20 HTTP/1.1",
    "GET /item?id=1%uff07+or+1=1%23 HTTP/1.1",
    "GET /item?id=-1/*!50000UNION*//*!50000SELECT*/1,2,3-- HTTP/1.1",
    "GET /item?id=1+UnIoN/**/aLL/**/SeLeCt+NULL,NULL-- HTTP/1.1",
    "GET /item?id=1'/**/or/**/1=1/* HTTP/1.1",
    "GET /item/1'or'1'='1 HTTP/1.1",
    "GET /item?id='or'1'='1 HTTP/1.1",
    "GET /item?1'or'1'='1 HTTP/1.1",
    "GET /item?id=1%0aor%0a1=1 HTTP/1.1",
    "GET /item?id=1'%20&&%201=1%23 HTTP/1.1",
    "GET /item?id=1 union select 1,2,3 HTTP/1.1",
    "GET /item?id=1%27--%0aor%0a1=1 HTTP/1.1",
  ])
  func `disguises are seen through`(line: String) throws {
    #expect(try patterns(in: Array((line + "\r\n\r\n").utf8)) == 1, "\(line)")
  }

  @Test func `headers that servers file are searched`() throws {
    let injection = "x' and sleep(5)-- -"
    for header in ["User-Agent", "Referer", "X-Forwarded-For"] {
      let request = "GET / HTTP/1.1\r\nHost: his\r\n\(header): \(injection)\r\n\r\n"
      #expect(try patterns(in: Array(request.utf8)) == 1, "\(header)")
    }
  }

  @Test func `the headers of every day are left alone`() throws {
    let request = """
      GET /style.css?v=1.2&t=1700000000 HTTP/1.1
      Host: his
      Accept: text/html,application/xml;q=0.9,*/*;q=0.8
      Accept-Language: en-US,en;q=0.5
      User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120
      Referer: http://his/search?q=patients%27+union&x=%22a%22+or+%22b%22
      Cookie: _ga=GA1.2.3; prefs={"sort":"name","order":"by date"}; token=YWJj/+=='; n=O%27Brien
      If-None-Match: W/"5f-1"


      """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    #expect(try patterns(in: Array(request.utf8)) == 0)
  }

  @Test func `each packet with a pattern counts, a clean one does not`() throws {
    let row = try Dialogue(port: 80).adding {
      $0.client(query("1' or 1=1-- "))
      $0.client(query("bed 7"))
      $0.client(query("1' or 1=1-- ") + query("1' or 1=1-- "))
    }.row()
    expect(row, [.sqlInjections: 2, .httpRequests: 4])
  }

  @Test func `what is no request is not searched`() throws {
    let row = try Dialogue(port: 2_000).adding { $0.client("id=1' or 1=1-- ") }.row()
    #expect(row[.sqlInjections] == 0)
  }

  @Test func `any text at all is survived`() throws {
    var random = Seeded(state: 11)
    let bytes = Array("'\"()/*-#;,=<>|&!@`[]\\% \u{0}0x1e.orandunionselectfrom".utf8)
    for _ in 0..<3_000 {
      let value = (0..<Int.random(in: 1...60, using: &random)).map { _ in
        bytes[Int.random(in: 0..<bytes.count, using: &random)]
      }
      let request = query(String(decoding: value, as: UTF8.self))
      #expect(try patterns(in: request) <= 1)
    }
  }
}
