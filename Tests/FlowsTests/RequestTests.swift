import Packets
import Tables
import Testing

/// Requests that do not end, filters that ask for everything, names that are long.
@Suite struct RequestTests {
  private func unfinished(_ said: String..., answer: String? = nil) throws -> Double {
    try Dialogue(port: 80).adding { talk in
      said.forEach { talk.client($0) }
      if let answer { talk.server(answer) }
    }.row()[.httpUnfinished]
  }

  @Test func `a request is unfinished until its headers and its body are there`() throws {
    let head = "POST / HTTP/1.1\r\nHost: a\r\n"
    #expect(try unfinished(head) == 1)
    #expect(try unfinished(head, "X-a: b\r\n") == 1)
    #expect(try unfinished(head, "\r\n") == 0)
    #expect(try unfinished(head, "Content-Length: 9\r\n\r\n", "12345678") == 1)
    #expect(try unfinished(head, "Content-Length: 9\r\n\r\n", "12345678", "9") == 0)
    #expect(try unfinished(head, "Transfer-Encoding: chunked\r\n\r\n", "3\r\nabc\r\n") == 1)
    #expect(
      try unfinished(head, "Transfer-Encoding: chunked\r\n\r\n", "3\r\nabc\r\n0\r\n", "\r\n") == 0)
    #expect(try unfinished(head, "\r\n", "GET /b HT") == 1)
    #expect(try unfinished(head, answer: "HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n") == 1)
  }

  @Test func `a long body that was not captured whole is whole all the same`() throws {
    let talk = Dialogue(port: 80).adding {
      $0.client("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\n\r\n")
      $0.client([UInt8](repeating: 0x61, count: 1_400))
      $0.client([UInt8](repeating: 0x61, count: 1_600))
      $0.client("GET /next HTTP/1.1\r\nHost: a\r\n\r\n")
    }
    let row = try #require(try flows(of: talk.shots(captured: 200), .small).first)
    expect(row, [.httpUnfinished: 0, .httpRequests: 2])
  }

  @Test func `a filter for everything is one that leaves nothing out`() throws {
    // Each filter: 2 + its length + 1; with the identifier's 2.
    let filters = ["#", "+/#", "$SYS/#", "+", "a/#", "+/+", "/#", "##", "$SYS/#x"]
    var packet: [UInt8] = [0, 0x23]
    for filter in filters { packet += [0, UInt8(filter.utf8.count)] + Array(filter.utf8) + [0] }
    let row = try Dialogue(port: 1_883).adding {
      $0.client(SampleDialogues.connect)
      $0.client([0x82, UInt8(packet.count)] + packet)
      $0.client(SampleDialogues.publish(3))
    }.row()
    expect(row, [.mqttEverything: 3, .mqttSubscribes: 1, .mqttMalformed: 0, .mqttPublishes: 1])
  }

  @Test func `the longest name of all queries stands`() throws {
    func query(_ labels: [Int]) -> [UInt8] {
      var message: [UInt8] = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
      for length in labels { message += [UInt8(length)] + [UInt8](repeating: 0x61, count: length) }
      message += [0, 0, 1, 0, 1]
      return [UInt8(message.count >> 8), UInt8(message.count & 255)] + message
    }
    let row = try Dialogue(port: 53).adding {
      $0.client(query([3, 7, 3]))
      $0.client(query([63, 63, 40, 3]))
      $0.client(query([1]))
    }.row()
    expect(row, [.dnsQueries: 3, .dnsLongestName: 174])  // 64 + 64 + 41 + 4 + 1
  }
}
