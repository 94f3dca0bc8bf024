import Packets
import Tables
import Testing

@Suite struct ApplicationMessageTests {
  private func mqtt(_ first: [UInt8]...) throws -> Row {
    var talk = Dialogue(port: 1_883)
    for bytes in first { talk.client(bytes) }
    return try talk.row()
  }

  @Test(arguments: [
    ([0x33, 0] as [UInt8], "a PUBLISH too short for a topic"),
    ([0x36, 8, 0, 6, 0x77, 0x61, 0x72, 0x64, 0x2F, 0x31], "QoS 3"),
    ([0x80, 6, 0, 1, 0, 1, 0x61, 0], "SUBSCRIBE with flags 0"),
    ([0x00, 2, 0, 0], "type 0"), ([0xC0, 1, 0], "PINGREQ with a body"),
    ([0x30, 0x80, 0x80, 0x80, 0x80, 1], "a length of five bytes"),
    ([0x20, 2, 0, 0], "a CONNACK from the client"), (SampleDialogues.connect, "a second CONNECT"),
  ])
  func `what MQTT forbids is counted`(packet: [UInt8], what: String) throws {
    let row = try mqtt(SampleDialogues.connect, packet)
    #expect(row[.mqttMalformed] == 1, "\(what)")
  }

  @Test func `after a malformed packet the next good one is counted`() throws {
    let row = try mqtt(SampleDialogues.connect, [0, 0], SampleDialogues.publish(3))
    expect(row, [.mqttMalformed: 1, .mqttPublishes: 1])
  }

  @Test func `a connection to MQTT's port that begins otherwise is malformed`() throws {
    let row = try mqtt([UInt8](repeating: 0x30, count: 40))
    expect(row, [.mqttMalformed: 1, .mqttConnects: 0])
  }

  @Test func `a refused CONNECT is a refusal, for credentials a failed login too`() throws {
    for (level, code, failures) in [(4, 5, 1), (4, 3, 0), (5, 0x86, 1), (5, 0x97, 0)]
      as [(
        UInt8, UInt8, Double
      )]
    {
      var connect = SampleDialogues.connect
      connect[8] = level
      var talk = Dialogue(port: 1_883)
      talk.client(connect)
      talk.server(level == 5 ? [0x20, 3, 0, code, 0] : [0x20, 2, 0, code])
      expect(try talk.row(), [.mqttConnects: 1, .mqttRefusals: 1, .loginFailures: failures])
    }
  }

  @Test func `only filters that begin with a wildcard ask for everything`() throws {
    // Filters `#`, `+/x`, `ward/#`: 2 + (3 + 1) + (3 + 3) + (3 + 6) = 21 bytes.
    var packet: [UInt8] = [0x82, 21, 0, 0x23]
    for filter in ["#", "+/x", "ward/#"] {
      packet += [0, UInt8(filter.utf8.count)] + Array(filter.utf8) + [0]
    }
    let row = try mqtt(SampleDialogues.connect, packet)
    expect(row, [.mqttSubscribes: 1, .mqttWildcards: 2, .mqttMalformed: 0])
  }

  @Test func `properties of MQTT 5 are no filters`() throws {
    var connect = SampleDialogues.connect
    connect[8] = 5
    // Identifier 2, property length 1, a property of 2 bytes (`#` among them), filter 2 + 1 + 1.
    let row = try mqtt(connect, [0x82, 9, 0, 1, 2, 0x0B, 0x23, 0, 1, 0x61, 0])
    expect(row, [.mqttSubscribes: 1, .mqttWildcards: 0, .mqttMalformed: 0])
  }

  // MARK: DNS

  private func dns(_ messages: [UInt8]..., port: UInt16 = 53) throws -> Row {
    let (client, server) = (End(1, 40_000), End(2, port))
    let shots = messages.enumerated().map { index, message in
      let isAnswer = message.count > 2 && message[2] & 0x80 != 0
      let (from, to) = isAnswer ? (server, client) : (client, server)
      let datagram =
        Frames.big(from.port) + Frames.big(to.port)
        + Frames.big(UInt16(8 + message.count)) + [0, 0] + message
      return Shot(Int64(index), Frames.ip(from, to, 17, datagram))
    }
    return try #require(flows(of: shots).first)
  }

  @Test func `datagrams of DNS are counted by question and answer`() throws {
    let row = try dns(
      SampleDialogues.question(16), SampleDialogues.question(1), SampleDialogues.answer(16),
      SampleDialogues.answer(1, code: 5))
    #expect(row.identity.application == "dns")
    // 28 B each.
    expect(
      row,
      [
        .dnsQueries: 2, .dnsAnswers: 2, .dnsAnswerBytes: 56, .dnsAnyQueries: 1, .dnsFailures: 1,
      ])
  }

  @Test func `DNS is known on any port if its question makes sense`() throws {
    #expect(try dns(SampleDialogues.question(1), port: 5_000).identity.application == "dns")
    var odd = SampleDialogues.question(1)
    odd[14] = 0xFE
    #expect(try dns(odd, port: 5_000).identity.application == "-")
  }

  @Test func `a name that points at itself ends`() throws {
    var message = Array(SampleDialogues.question(255)[..<12])
    message += [0xC0, 12, 0, 255, 0, 1]
    expect(try dns(message), [.dnsQueries: 1, .dnsAnyQueries: 1])
  }

  // MARK: HTTP

  @Test func `a challenge without credentials is no failed login`() throws {
    let row = try Dialogue(port: 80).adding {
      $0.client("GET / HTTP/1.1\r\n\r\n")
      $0.server("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n")
      $0.client("GET / HTTP/1.1\r\nauthorization: Basic eDp5\r\n\r\n")
      $0.server("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
    }.row()
    expect(row, [.httpErrors: 2, .httpAuthFailures: 2, .loginFailures: 0])
  }

  @Test func `a body until the close ends when a new answer is due`() throws {
    let row = try Dialogue(port: 80).adding {
      $0.client("GET / HTTP/1.1\r\n\r\n")
      $0.server("HTTP/1.1 200 OK\r\n\r\n")
      $0.server("HTTP/1.1 500 as text\r\n\r\n")
      $0.client("GET /x HTTP/1.1\r\n\r\n")
      $0.server("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")
    }.row()
    expect(row, [.httpRequests: 2, .httpErrors: 1])
  }

  @Test func `requests whose headers were not captured to their end are all counted`() throws {
    // 54 B of frame headers and 60 B of payload: the request line is there, the empty line is not.
    let filler = String(repeating: "x", count: 80)
    let talk = Dialogue(port: 80).adding {
      for path in ["a", "b", "c"] {
        $0.client("GET /\(path) HTTP/1.1\r\nHost: ward\r\nX-Long: \(filler)\r\n\r\n")
        $0.server("HTTP/1.1 404 No\r\nX-Long: \(filler)\r\nContent-Length: 0\r\n\r\n")
      }
    }
    let row = try #require(flows(of: talk.shots(captured: 114)).first)
    expect(row, [.httpRequests: 3, .httpErrors: 3])
  }

  // MARK: Logins

  @Test func `mail logins that are refused are counted`() throws {
    let smtp = try Dialogue(port: 25).adding {
      $0.server("220 mail ESMTP\r\n")
      $0.client("EHLO pump\r\n")
      $0.server("250-mail\r\n250 AUTH LOGIN\r\n")
      $0.client("AUTH LOGIN\r\n")
      $0.server("334 VXNlcm5hbWU6\r\n")
      $0.client("bnVyc2U=\r\n")
      $0.server("535 5.7.8 no\r\n")
    }.row()
    #expect(smtp.identity.application == "smtp")
    expect(smtp, [.loginFailures: 1])
    let pop3 = try Dialogue(port: 110).adding {
      $0.server("+OK ready\r\n")
      $0.client("USER nurse\r\n")
      $0.server("+OK\r\n")
      $0.client("PASS x\r\n")
      $0.server("-ERR no\r\n")
    }.row()
    #expect(pop3.identity.application == "pop3")
    expect(pop3, [.loginFailures: 1])
  }

  /// NEWKEYS is 12 bytes behind its length, 10 of them padding.
  private func ssh(answers: [Int]) throws -> Row {
    try Dialogue(port: 22).adding {
      $0.server("SSH-2.0-server\r\n")
      $0.client("SSH-2.0-client\r\n")
      $0.client([0, 0, 0, 20, 4, 20] + [UInt8](repeating: 7, count: 18))
      $0.server([0, 0, 0, 20, 4, 20] + [UInt8](repeating: 7, count: 18))
      $0.client([0, 0, 0, 12, 10, 21] + [UInt8](repeating: 0, count: 10))
      for length in answers {
        $0.client([UInt8](repeating: 0xAA, count: 64))
        $0.server([UInt8](repeating: 0xBB, count: length))
      }
    }.row()
  }

  @Test func `refusals of SSH are told by their size`() throws {
    // Service accepted, methods asked for, two passwords refused.
    expect(try ssh(answers: [44, 60, 60, 60]), [.loginFailures: 2])
    // One refused, the next accepted: 16 bytes less than the service's acceptance.
    expect(try ssh(answers: [44, 60, 60, 28, 60, 60]), [.loginFailures: 1])
    expect(try ssh(answers: [44, 60, 28, 36, 36, 36, 36]), [.loginFailures: 0])
  }
}
