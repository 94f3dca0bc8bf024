/// HTTP/1.1 messages (RFC 9112).
enum HTTP {
  static let agents = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/124.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0", "curl/7.88.1",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4) Version/17.4 Safari/605.1.15", "WardStation/2.1",
  ]
  static let paths = [
    "/", "/index.html", "/api/v1/patients", "/api/v1/alarms?since=1712", "/static/app.js",
    "/static/style.css", "/ward/3/room/12", "/search?q=select+a+ward+from+the+list",
    "/images/logo.png", "/charts?from=2026-01-01&to=2026-01-02&order=by", "/favicon.ico",
    "/notes?text=union+meeting+at+noon", "/login", "/devices?id=14&name=O%27Neill",
  ]

  /// A request.
  static func request(
    _ path: String, method: String = "GET", host: String, agent: String, body: [UInt8] = [],
    type: String = "application/json", extra: String = ""
  ) -> [UInt8] {
    var text = "\(method) \(path) HTTP/1.1\r\nHost: \(host)\r\nUser-Agent: \(agent)\r\n"
    text += "Accept: */*\r\n\(extra)"
    if !body.isEmpty {
      text += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
    }
    return Array((text + "\r\n").utf8) + body
  }

  /// A response with `body`.
  static func response(_ body: [UInt8], status: String = "200 OK") -> [UInt8] {
    let head =
      "HTTP/1.1 \(status)\r\nServer: nginx/1.22.1\r\nContent-Type: text/html\r\n"
      + "Content-Length: \(body.count)\r\nConnection: keep-alive\r\n\r\n"
    return Array(head.utf8) + body
  }
}

/// TLS 1.3 records (RFC 8446) that look right from outside.
enum TLS {
  private static func record(_ type: UInt8, _ body: [UInt8], version: UInt16 = 0x0303) -> [UInt8] {
    var result = [type]
    result.put(version)
    result.put(UInt16(body.count))
    return result + body
  }

  /// A ClientHello that names `server`.
  static func clientHello(_ server: String, _ random: inout Generator) -> [UInt8] {
    var name: [UInt8] = [0, 0]
    name.put(UInt16(server.utf8.count + 5))
    name.put(UInt16(server.utf8.count + 3))
    name.append(0)
    name.put(UInt16(server.utf8.count))
    name += Array(server.utf8)
    var extensions = name + [0, 43, 0, 3, 2, 3, 4, 0, 10, 0, 4, 0, 2, 0, 29]
    extensions += [0, 51, 0, 38, 0, 36, 0, 29, 0, 32] + random.bytes(32)
    var body: [UInt8] = [3, 3] + random.bytes(32) + [32] + random.bytes(32)
    body += [0, 6, 0x13, 1, 0x13, 2, 0x13, 3, 1, 0]
    body.put(UInt16(extensions.count))
    body += extensions
    return record(
      22, [1, 0, UInt8(body.count >> 8), UInt8(body.count & 255)] + body, version: 0x0301)
  }

  /// ServerHello and the encrypted rest of the server's flight.
  static func serverHello(_ random: inout Generator) -> [UInt8] {
    let body: [UInt8] = [3, 3] + random.bytes(32) + [0, 0x13, 1, 0, 0, 6, 0, 43, 0, 2, 3, 4]
    return record(22, [2, 0, 0, UInt8(body.count)] + body)
      + data(random.number(1800...4200), &random)
  }

  /// Application data, in records of at most 16 kB.
  static func data(_ size: Int, _ random: inout Generator) -> [UInt8] {
    var result: [UInt8] = []
    var left = size
    while left > 0 {
      result += record(23, random.bytes(min(left, 16_000)))
      left -= 16_000
    }
    return result
  }
}
