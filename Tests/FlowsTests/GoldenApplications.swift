import Packets
import Tables

/// Messages each way, a segment each, a millisecond apart, behind a handshake with this port.
private func dialogue(_ port: UInt16, _ messages: [(isUp: Bool, content: [UInt8])]) -> [Shot] {
  var capture = Conversation(End(2, 40_000), End(1, port))
  capture.open(at: 0)
  for (index, message) in messages.enumerated() {
    let time = Int64(index + 1) * 1_000
    if message.isUp {
      capture.up(time, [.psh, .ack], message.content)
    } else {
      capture.down(time, [.psh, .ack], message.content)
    }
  }
  return capture.shots
}

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

/// MQTT 3.1.1 section 3.1: name, level 4, clean session, keep alive 60 s, client "x".
private let connect: [UInt8] = [0x10, 13, 0, 4] + text("MQTT") + [4, 2, 0, 60, 0, 1] + text("x")
private let publish: [UInt8] = [0x30, 5, 0, 1] + text("thi")

/// A DNS message about name "a" of this type: 12 + 3 + 4 bytes (RFC 1035 section 4.1).
private func dns(_ from: End, _ to: End, flags: UInt16, type: UInt8, more: Int = 0) -> [UInt8] {
  let header = [0x12, 0x34] + Frames.big(flags) + [0, 1, 0, 0, 0, 0, 0, 0]
  let message =
    header + [1, UInt8(ascii: "a"), 0, 0, type, 0, 1] + [UInt8](repeating: 0, count: more)
  return Frames.ip(
    from, to, 17,
    Frames.big(from.port) + Frames.big(to.port) + Frames.big(UInt16(8 + message.count)) + [0, 0]
      + message)
}

extension Golden {
  static let mqtt = Golden(
    name: "MQTT",
    shots: dialogue(
      1_883,
      [
        (true, connect),
        (false, [0x20, 2, 0, 5]),  // not authorised
        (true, [0x82, 6, 0, 1, 0, 1] + text("#") + [0]),
        (true, [0x82, 12, 0, 2, 0, 3] + text("+/a") + [0, 0, 1] + text("b") + [0]),
        (true, publish), (false, publish),
        (true, connect),  // a second one is forbidden
      ]), row: 0, identity: ["application": "mqtt", "dst_port": "1883"],
    cells: [
      .mqttConnects: "2", .mqttRefusals: "1", .mqttPublishes: "2", .mqttSubscribes: "2",
      .mqttWildcards: "2", .mqttEverything: "1", .mqttMalformed: "1", .loginFailures: "1",
      .httpRequests: "0",
    ])

  static let domainNames: Golden = {
    let (client, server) = (End(2, 40_000), End(1, 53))
    return Golden(
      name: "DNS",
      shots: [
        Shot(0, dns(client, server, flags: 0x0100, type: 255)),  // ANY
        Shot(1_000, dns(server, client, flags: 0x8183, type: 255)),  // NXDOMAIN, 19 B
        Shot(2_000, dns(client, server, flags: 0x0100, type: 1)),
        Shot(3_000, dns(server, client, flags: 0x8180, type: 1, more: 16)),  // 35 B
      ], row: 0, identity: ["application": "dns"],
      cells: [
        .dnsQueries: "2", .dnsAnswers: "2", .dnsAnswerBytes: "54", .dnsAnyQueries: "1",
        .dnsLongestName: "3",  // a length, "a", the root
        .dnsFailures: "1", .mqttConnects: "0", .fwdPayload: "38", .bwdPayload: "54",
      ])
  }()

  static let web = Golden(
    name: "HTTP",
    shots: dialogue(
      80,
      [
        (true, text("GET / HTTP/1.1\r\nHost: a\r\n\r\n")),
        (false, text("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")),
        (
          true,
          text(
            "POST /l HTTP/1.1\r\nHost: a\r\nAuthorization: Basic eDp5\r\nContent-Length: 0\r\n\r\n")
        ),
        (false, text("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")),
        (true, text("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")),
        (false, text("HTTP/1.1 500 Error\r\nContent-Length: 0\r\n\r\n")),
      ]), row: 0, identity: ["application": "http"],
    cells: [
      .httpRequests: "3", .httpPosts: "1", .httpErrors: "3", .httpAuthFailures: "2",
      .loginFailures: "1",  // only the POST carried credentials
      .sqlInjections: "0", .traversals: "0", .crossSiteScripts: "0", .commandInjections: "0",
      .httpUnfinished: "0", .pairRequests60s: "3", .pairLoginFailures10m: "1",
      .srcLoginFailures10m: "1", .svcOpenFlows: "1", .pairOpenFlows: "1",
    ])

  /// A request a segment; the fourth holds two attacks, and its body is 2 bytes short.
  static let webAttacks = Golden(
    name: "attacks on a web server",
    shots: dialogue(
      80,
      [
        (true, text("GET /show?page=../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n")),
        (true, text("GET /s?q=%3Cscript%3Ealert(1)%3C/script%3E HTTP/1.1\r\nHost: a\r\n\r\n")),
        (true, text("GET /s?q=%3Cimg+src=x+onerror=alert(1)%3E HTTP/1.1\r\nHost: a\r\n\r\n")),
        (
          true,
          text(
            "POST /p?u=..%2f..%2fx HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\nip=127.0.0.1%3B%20id"
          )
        ),
      ]), row: 0, identity: ["application": "http"],
    cells: [
      .httpRequests: "4", .traversals: "2", .crossSiteScripts: "2", .commandInjections: "1",
      .sqlInjections: "0", .httpUnfinished: "0", .pairRequests60s: "4",
    ])

  static let encrypted = Golden(
    name: "TLS",
    shots: dialogue(
      443, [(true, [0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0]), (false, [0x15, 3, 1, 0, 2, 2, 40])]),
    row: 0, identity: ["application": "tls"], cells: [.tlsClientHellos: "1", .tlsAlerts: "1"])

  /// An A-ASSOCIATE-RQ of 6 + 68 bytes and an A-ASSOCIATE-RJ (PS3.8 sections 9.3.2 and 9.3.4).
  static let images = Golden(
    name: "DICOM",
    shots: dialogue(
      11_112,
      [
        (true, [1, 0, 0, 0, 0, 68, 0, 1] + [UInt8](repeating: 0, count: 66)),
        (false, [3, 0, 0, 0, 0, 4, 0, 1, 1, 1]),
      ]), row: 0, identity: ["application": "dicom"],
    cells: [.dicomAssociations: "1", .dicomRejections: "1"])

  static let records = Golden(
    name: "HL7",
    shots: dialogue(
      2_575,
      [
        (true, text("\u{0B}MSH|^~\\&|A|B\rPID|1\r\u{1C}\r")),
        (false, text("\u{0B}MSH|^~\\&|B|A\rMSA|AE|1\r\u{1C}\r")),
      ]), row: 0, identity: ["application": "hl7"], cells: [.hl7Messages: "2", .hl7Refusals: "1"])
}
