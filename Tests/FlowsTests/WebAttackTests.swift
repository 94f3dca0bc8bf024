import Packets
import Tables
import Testing
import TestSupport

/// Requests in which traversal, scripts and commands must be found, and requests in which they must not.
@Suite struct WebAttackTests {
  private static let columns: [Measure] = [.traversals, .crossSiteScripts, .commandInjections]

  private func counts(_ requests: [UInt8]...) throws -> [Double] {
    let row = try Dialogue(port: 80).adding { talk in requests.forEach { talk.client($0) } }.row()
    return Self.columns.map { row[$0] }
  }

  private func counts(line: String) throws -> [Double] {
    try counts(Array((line + "\r\n\r\n").utf8))
  }

  private func escaped(_ value: String, twice: Bool = false) -> String {
    let once = value.utf8.map { byte in
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "-_.~".utf8.contains(byte)
      let hex = String(byte, radix: 16, uppercase: true)
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + (hex.utf8.count == 1 ? "0" + hex : hex)
    }.joined()
    return twice ? escaped(once) : once
  }

  private func post(_ type: String, _ body: String) -> [UInt8] {
    let head =
      "POST /form HTTP/1.1\r\nHost: his\r\nContent-Type: \(type)\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n"
    return Array((head + body).utf8)
  }

  private func query(_ value: String, twice: Bool = false) -> [UInt8] {
    Array(
      "GET /s?lang=en&q=\(escaped(value, twice: twice))&page=2 HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
  }

  private func json(_ value: String) -> [UInt8] {
    var text = ""
    for character in value.unicodeScalars {
      switch character {
      case "\"", "\\": text += "\\" + String(character)
      case "\n": text += "\\u000a"
      case "\t": text += "\\u0009"
      case "\0": text += "\\u0000"
      default: text.unicodeScalars.append(character)
      }
    }
    return post("application/json", "{\"id\":7,\"name\":\"\(text)\",\"ok\":{\"a\":[]}}")
  }

  private func requests(_ value: String) -> [(String, [UInt8])] {
    [
      ("query", query(value)), ("twice", query(value, twice: true)),
      ("form", post("application/x-www-form-urlencoded", "id=7&name=\(escaped(value))&ok=1")),
      (
        "cookie",
        Array("GET / HTTP/1.1\r\nCookie: a=1; session=\(escaped(value)); b=2\r\n\r\n".utf8)
      ),
      ("json", json(value)),
      ("referer", Array("GET / HTTP/1.1\r\nReferer: http://a/s?q=\(escaped(value))\r\n\r\n".utf8)),
    ]
  }

  private func expectFound(_ value: String, _ column: Int) throws {
    for (place, request) in requests(value) {
      #expect(try counts(request)[column] == 1, "\(place): \(value)")
    }
  }

  @Test(arguments: WebAttackSamples.traversals)
  func `a path out of the folder is found wherever a value may stand`(value: String) throws {
    try expectFound(value, 0)
  }

  @Test(arguments: WebAttackSamples.scripts)
  func `a script is found wherever a value may stand`(value: String) throws {
    try expectFound(value, 1)
  }

  @Test(arguments: WebAttackSamples.commands)
  func `a command is found wherever a value may stand`(value: String) throws {
    try expectFound(value, 2)
  }

  @Test(arguments: WebAttackSamples.harmless)
  func `a harmless value is left alone wherever it stands`(value: String) throws {
    for (place, request) in requests(value) {
      #expect(try counts(request) == [0, 0, 0], "\(place): \(value)")
    }
  }

  @Test(arguments: [
    ("GET /../../etc/passwd HTTP/1.1", 1.0), ("GET /a/../../b HTTP/1.0", 1),
    ("GET /cgi-bin/.%2e/.%2e/.%2e/bin/sh HTTP/1.1", 1), ("GET /a/%2e%2e/%2e%2e/b HTTP/1.1", 1),
    ("GET /a/..%c0%af..%c0%afwinnt/system32/cmd.exe?/c+dir HTTP/1.1", 1),
    ("GET /a/..%252f..%252fb HTTP/1.1", 1), ("GET /a/%e0%80%ae./..%5c..%5cb HTTP/1.1", 1),
    ("GET /a/..;/..;/manager HTTP/1.1", 1), ("GET /etc/passwd HTTP/1.1", 1),
    ("GET http://proxy.example/../../x HTTP/1.1", 1),
    ("GET /a/b/../img/logo.png HTTP/1.1", 0), ("GET /a/./b/..//c.css?v=1..2 HTTP/1.1", 0),
    ("GET http://proxy.example/a/../x HTTP/1.1", 0), ("GET /docs/etc/index.html HTTP/1.1", 0),
    ("GET /a...b/...c HTTP/1.1", 0), ("GET /x?next=http://a.example/b.php HTTP/1.1", 0),
  ])
  func `a path must stay below its root`(line: String, expected: Double) throws {
    #expect(try counts(line: line)[0] == expected)
  }

  @Test(arguments: [
    "User-Agent", "Referer", "Cookie", "X-Forwarded-For", "X-Api-Version", "Accept",
  ])
  func `lookups and functions are found in any header`(header: String) throws {
    for value in ["${jndi:ldap://x/a}", "() { :; }; /bin/id", "{{7*7}}"] {
      let request = "GET / HTTP/1.1\r\nHost: a\r\n\(header): \(value)\r\n\r\n"
      #expect(try counts(Array(request.utf8)) == [0, 0, 1], "\(header): \(value)")
    }
  }

  @Test(arguments: [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120 Safari/537.36",
    "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0; .NET CLR 2.0; Touch; Tablet PC 2.0)",
    "Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.19045; en-US) PowerShell/7.3.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)", "curl/8.5.0", "Wget/1.21 (linux-gnu)",
    "python-requests/2.31.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "okhttp/4.9.0; id",
    "Mozilla/5.0 (Windows; U; Windows NT 5.1; id; rv:1.9.0.1) Gecko/2008070208 Firefox/3.0.1",
    "Dalvik/2.1.0 (Linux; U; Android 13; SM-A536B Build/TP1A)",
  ])
  func `browsers and tools are no attack`(agent: String) throws {
    let request = """
      GET /a/style.css?v=1.2&t=1700000000 HTTP/1.1
      Host: his
      User-Agent: \(agent)
      Accept: text/html,application/xml;q=0.9,*/*;q=0.8
      Accept-Language: en-US,en;q=0.5
      Referer: https://his/search?q=%3Cb%3E+%26+more&next=%2Fa%2F..%2Fb
      Cookie: _ga=GA1.2.3; _gid=GA1.2.4; prefs={"sort":"name","by":{"id":1}}; t=YWJj/+==; s=a%3Bb%7Cc
      X-Requested-With: XMLHttpRequest
      X-Trace: {"span":"1","parent":"2"}


      """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    #expect(try counts(Array(request.utf8)) == [0, 0, 0])
  }

  @Test func `an uploaded file is searched for PHP and by its name alone`() throws {
    func upload(_ name: String, _ content: String) -> [UInt8] {
      post(
        "multipart/form-data; boundary=XX",
        "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\(name)\"\r\n\r\n\(content)\r\n--XX--\r\n"
      )
    }
    #expect(try counts(upload("a.html", "<script>go()</script>\n;cat /etc/x")) == [0, 0, 0])
    #expect(try counts(upload("a.jpg", "GIF89a\u{1}<?php echo 1 ?>")) == [0, 0, 1])
    #expect(try counts(upload("../../a.txt", "hello")) == [1, 0, 0])
  }

  @Test func `messages of machines are no attack`() throws {
    let soap = """
      <?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" \
      s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body><u:SetOn xmlns:u="urn:x" \
      online="true" onload="1"><Value>1</Value></u:SetOn></s:Body></s:Envelope>
      """
    #expect(try counts(post("text/xml", soap)) == [0, 0, 0])
    let fhir =
      #"{"resourceType":"Patient","text":{"div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">A & B</div>"}}"#
    #expect(try counts(post("application/json", fhir)) == [0, 0, 0])
  }

  @Test func `each packet counts once for each kind`() throws {
    let both = query("<script>x</script>") + query("<script>x</script>") + query("../../etc/passwd")
    #expect(try counts(both, query("bed 7"), query(";id")) == [1, 1, 1])
  }

  @Test func `any text at all is survived`() throws {
    var random = Seeded(state: 12)
    let bytes = Array("<>&;#x3c'\"()/\\.:=|`$%{}*-? \u{0}\u{7F}onloadscriptjndilower7".utf8)
    for _ in 0..<3_000 {
      let value = (0..<Int.random(in: 1...80, using: &random)).map { _ in
        bytes[Int.random(in: 0..<bytes.count, using: &random)]
      }
      let found = try counts(query(String(decoding: value, as: UTF8.self)))
      #expect(found.allSatisfy { $0 <= 1 })
    }
  }
}
