import Flows
import Packets
import Tables
import Testing

/// What two ends say to each other over one TCP connection.
struct Dialogue {
  var port: UInt16
  var said: [(isClient: Bool, bytes: [UInt8])] = []

  init(port: UInt16) { self.port = port }

  mutating func client(_ bytes: [UInt8]) { said.append((true, bytes)) }
  mutating func server(_ bytes: [UInt8]) { said.append((false, bytes)) }
  mutating func client(_ text: String) { client(Array(text.utf8)) }
  mutating func server(_ text: String) { server(Array(text.utf8)) }

  func adding(_ change: (inout Dialogue) -> Void) -> Dialogue {
    var talk = self
    change(&talk)
    return talk
  }

  /// The connection from its SYN on, a segment for each message.
  func shots(withHandshake: Bool = true, captured: Int = .max) -> [Shot] {
    let (client, server) = (End(1, 40_000), End(2, port))
    var (sent, answered): (UInt32, UInt32) = (1_001, 5_001)
    var shots: [Shot] = []
    if withHandshake {
      shots = [
        Shot(0, Frames.tcp(client, server, .syn, sequence: 1_000)),
        Shot(1, Frames.tcp(server, client, [.syn, .ack], sequence: 5_000, acknowledgment: 1_001)),
        Shot(2, Frames.tcp(client, server, .ack, sequence: 1_001, acknowledgment: 5_001)),
      ]
    }
    for (index, message) in said.enumerated() {
      let (from, to) = message.isClient ? (client, server) : (server, client)
      let frame = Frames.tcp(
        from, to, [.psh, .ack], sequence: message.isClient ? sent : answered,
        acknowledgment: message.isClient ? answered : sent, payload: message.bytes)
      let kept = Array(frame.prefix(captured))
      shots.append(Shot(Int64(10 + index), kept, wireLength: frame.count))
      if message.isClient {
        sent &+= UInt32(message.bytes.count)
      } else {
        answered &+= UInt32(message.bytes.count)
      }
    }
    return shots
  }

  /// The same talk with one message in two segments.
  func cut(_ index: Int, at offset: Int) -> Dialogue {
    var talk = self
    let (isClient, bytes) = said[index]
    talk.said[index].bytes = Array(bytes[..<offset])
    talk.said.insert((isClient, Array(bytes[offset...])), at: index + 1)
    return talk
  }

  /// The same talk with all that one end says in a row in one segment.
  var joined: Dialogue {
    var talk = Dialogue(port: port)
    for message in said {
      if let last = talk.said.last, last.isClient == message.isClient {
        talk.said[talk.said.count - 1].bytes += message.bytes
      } else {
        talk.said.append(message)
      }
    }
    return talk
  }

  func row() throws -> Row {
    var limits = FlowLimits()
    (limits.flows, limits.keys) = (16, 64)
    return try #require(flows(of: shots(), limits).first)
  }
}

/// The columns that a conversation fills.
let applicationColumns: [Measure] = [
  .mqttConnects, .mqttRefusals, .mqttPublishes, .mqttSubscribes, .mqttWildcards, .mqttEverything,
  .mqttMalformed, .dnsLongestName,
  .dnsQueries, .dnsAnswers, .dnsAnswerBytes, .dnsAnyQueries, .dnsFailures, .httpRequests,
  .httpPosts, .httpErrors, .httpAuthFailures, .tlsClientHellos, .tlsAlerts, .loginFailures,
  .dicomAssociations, .dicomRejections, .hl7Messages, .hl7Refusals,
]

extension Row {
  var applicationCounts: [Double] { applicationColumns.map { self[$0] } }
}

/// SampleDialogues of each protocol, with what they must count.
enum SampleDialogues {
  /// Remaining length 16: name 2 + 4, level, flags, keep alive 2, client identifier 2 + 4.
  static let connect: [UInt8] =
    [0x10, 16, 0, 4] + Array("MQTT".utf8) + [4, 2, 0, 60, 0, 4] + Array("pump".utf8)
  /// Remaining length 10: packet identifier 2, then `#` and `a`, each 2 + 1 and the QoS.
  static let subscribe: [UInt8] = [0x82, 10, 0, 1, 0, 1, 0x23, 0, 0, 1, 0x61, 0]

  /// QoS 0 to topic `ward/1`: remaining length 2 + 6 + the message.
  static func publish(_ message: Int) -> [UInt8] {
    let rest = 8 + message
    let length: [UInt8] =
      rest < 128 ? [UInt8(rest)] : [UInt8(rest & 127) | 128, UInt8(rest >> 7)]
    return [0x30] + length + [0, 6] + Array("ward/1".utf8)
      + [UInt8](repeating: 0x10, count: message)
  }

  static let mqtt = Dialogue(port: 2_000).adding {
    $0.client(connect)
    $0.server([0x20, 2, 0, 0])
    $0.client(subscribe)
    $0.server([0x90, 4, 0, 1, 0, 0])
    $0.client(publish(4) + publish(300) + publish(0))
    $0.client([0xC0, 0])
    $0.server([0xD0, 0])
    $0.client([0xE0, 0])
  }

  /// A question for `ward.local`, of this type, in class IN.
  static func question(_ type: UInt8) -> [UInt8] {
    [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 4] + Array("ward".utf8) + [5]
      + Array("local".utf8) + [0, 0, type, 0, 1]
  }

  /// The answer to it, a name error if so told.
  static func answer(_ type: UInt8, code: UInt8 = 0) -> [UInt8] {
    var message = question(type)
    message[2] = 0x81
    message[3] = 0x80 | code
    return message
  }

  static func overTCP(_ message: [UInt8]) -> [UInt8] { Frames.big(UInt16(message.count)) + message }

  static let dns = Dialogue(port: 53).adding {
    $0.client(overTCP(question(1)) + overTCP(question(255)))
    $0.server(overTCP(answer(1)) + overTCP(answer(255, code: 3)))
  }

  static let http = Dialogue(port: 2_000).adding {
    $0.client("GET /charts?bed=7 HTTP/1.1\r\nHost: ward\r\nAuthorization: Basic eDp5\r\n\r\n")
    $0.server("HTTP/1.1 401 Unauthorized\r\nContent-Length: 13\r\n\r\nHTTP/1.1 200 ")
    $0.client("POST /log HTTP/1.1\r\nHost: ward\r\nContent-Length: 12\r\n\r\nGET / HTTP/1")
    $0.server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\n")
    $0.server("abcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n")
    $0.client("HEAD / HTTP/1.1\r\n\r\n")
    $0.server("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n")
    $0.client("DELETE /bed/7 HTTP/1.1\r\n\r\n")
    $0.server("HTTP/1.1 404 No\r\n\r\n")
  }

  static func record(_ kind: UInt8, _ body: [UInt8]) -> [UInt8] {
    [kind, 3, 3] + Frames.big(UInt16(body.count)) + body
  }

  static let tls = Dialogue(port: 2_000).adding {
    $0.client(record(22, [1] + [UInt8](repeating: 0x16, count: 300)))
    $0.server(record(22, [2] + [UInt8](repeating: 1, count: 80)) + record(21, [2, 40]))
  }

  /// An A-ASSOCIATE-RQ: version 1, two titles of 16, 32 reserved.
  static let associate: [UInt8] =
    [1, 0, 0, 0, 0, 68, 0, 1, 0, 0] + Array("PACS            BEDSIDE7        ".utf8)
    + [UInt8](repeating: 0, count: 32)

  static let dicom = Dialogue(port: 2_000).adding {
    $0.client(associate)
    $0.server([3, 0, 0, 0, 0, 4, 0, 1, 1, 3])
  }

  static let hl7 = Dialogue(port: 2_000).adding {
    $0.client("\u{0B}MSH|^~\\&|PUMP|W7|HIS|H|2025||ORU^R01|1|P|2.5\rPID|1||77\r\u{1C}\r")
    $0.server("\u{0B}MSH|^~\\&|HIS|H|PUMP|W7|2025||ACK|2|P|2.5\rMSA|AE|1\r\u{1C}\r")
  }

  static let ftp = Dialogue(port: 2_000).adding {
    $0.server("220 Welcome to the FTP service\r\n")
    $0.client("USER nurse\r\n")
    $0.server("331 Password\r\n")
    $0.client("PASS 1234\r\n")
    $0.server("530 Login incorrect.\r\n")
    $0.client("SYST\r\n")
    $0.server("530 Please log in.\r\n")
  }

  static let telnet = Dialogue(port: 2_000).adding {
    $0.server([0xFF, 0xFD, 0x18, 0xFF, 0xFB, 0x01])
    $0.client([0xFF, 0xFC, 0x18])
    $0.server("\r\npump login: ")
    $0.client("root\r\n")
    $0.server("Password: ")
    $0.client("root\r\n")
    $0.server("\r\nLogin incorrect\r\npump login: ")
  }

  static let smb = Dialogue(port: 2_000).adding {
    $0.client([0, 0, 0, 64, 0xFE] + Array("SMB".utf8) + [UInt8](repeating: 0, count: 60))
    $0.server(
      [0, 0, 0, 64, 0xFE] + Array("SMB".utf8) + [64, 0, 1, 0, 0x6D, 0, 0, 0xC0]
        + [UInt8](repeating: 0, count: 52))
  }

  /// Name, talk, and what is counted; all else is 0.
  static let all: [(name: String, talk: Dialogue, counts: [Measure: Double])] = [
    (
      "mqtt", mqtt,
      [
        .mqttConnects: 1, .mqttPublishes: 3, .mqttSubscribes: 1, .mqttWildcards: 1,
        .mqttEverything: 1,
      ]
    ),
    // Two answers of 12 + 12 + 4 = 28 B each.
    (
      "dns", dns,
      [
        .dnsQueries: 2, .dnsAnswers: 2, .dnsAnswerBytes: 56, .dnsAnyQueries: 1, .dnsFailures: 1,
        .dnsLongestName: 12,
      ]
    ),
    (
      "http", http,
      [
        .httpRequests: 4, .httpPosts: 1, .httpErrors: 2, .httpAuthFailures: 1, .loginFailures: 1,
      ]
    ),
    ("tls", tls, [.tlsClientHellos: 1, .tlsAlerts: 1]),
    ("dicom", dicom, [.dicomAssociations: 1, .dicomRejections: 1]),
    ("hl7", hl7, [.hl7Messages: 2, .hl7Refusals: 1]),
    ("ftp", ftp, [.loginFailures: 1]),
    ("telnet", telnet, [.loginFailures: 1]),
    ("smb", smb, [.loginFailures: 1]),
  ]
}
