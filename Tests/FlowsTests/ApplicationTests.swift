import Packets
import Tables
import Testing

@Suite struct ApplicationTests {
  private func expectCounts(
    _ row: Row, _ counts: [Measure: Double], _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for column in applicationColumns {
      #expect(
        row[column] == counts[column, default: 0], "\(what): \(column.rawValue)",
        sourceLocation: sourceLocation)
    }
  }

  @Test func `each protocol is known by what is said, not by its port`() throws {
    for sample in SampleDialogues.all {
      let row = try sample.talk.row()
      #expect(row.identity.application == sample.name)
      expectCounts(row, sample.counts, sample.name)
    }
  }

  @Test func `messages may be cut at any byte`() throws {
    for sample in SampleDialogues.all {
      for (index, message) in sample.talk.said.enumerated() {
        for offset in 1..<max(1, message.bytes.count) {
          let row = try sample.talk.cut(index, at: offset).row()
          #expect(row.identity.application == sample.name)
          expectCounts(row, sample.counts, "\(sample.name) message \(index) cut at \(offset)")
        }
      }
    }
  }

  @Test func `several messages in a segment are all counted`() throws {
    for sample in SampleDialogues.all {
      expectCounts(try sample.talk.joined.row(), sample.counts, sample.name)
    }
  }

  @Test func `what is sent again is not counted again`() throws {
    for sample in SampleDialogues.all {
      var shots = sample.talk.shots()
      shots = shots[..<3] + shots[3...].flatMap { [$0, $0] }
      expectCounts(try #require(flows(of: shots).first), sample.counts, sample.name)
    }
  }

  @Test func `bodies that were not captured are passed over`() throws {
    // Headers of 54 B and 40 B of payload: all fixed headers are there, the long message is not.
    var talk = Dialogue(port: 1_883)
    talk.client(SampleDialogues.connect)
    talk.client(SampleDialogues.publish(900))
    talk.client(SampleDialogues.publish(1))
    let row = try #require(flows(of: talk.shots(captured: 94)).first)
    expectCounts(row, [.mqttConnects: 1, .mqttPublishes: 2], "mqtt")
  }

  @Test func `a gap within a message does no harm, and one across messages only to them`() throws {
    var talk = Dialogue(port: 1_883)
    talk.client(SampleDialogues.connect)
    let long = SampleDialogues.publish(900)
    talk.client(Array(long[..<300]))
    talk.client(Array(long[300..<600]))
    talk.client(Array(long[600...]))
    talk.client(SampleDialogues.publish(1))
    talk.client(SampleDialogues.publish(2))
    var shots = talk.shots()
    shots.remove(at: 5)  // the middle of the long message
    expectCounts(
      try #require(flows(of: shots).first), [.mqttConnects: 1, .mqttPublishes: 3], "within")
    shots = talk.shots()
    shots.removeSubrange(6...7)  // its end and the next one
    expectCounts(
      try #require(flows(of: shots).first), [.mqttConnects: 1, .mqttPublishes: 2], "across")
  }

  @Test func `where nothing was said the port gives the name`() throws {
    let row = try Dialogue(port: 11_112).row()
    #expect(row.identity.application == "dicom")
    let unknown = try Dialogue(port: 2_000).adding { $0.client("\u{1}\u{2}\u{3}") }.row()
    #expect(unknown.identity.application == "-")
  }

  @Test func `HTTP on a port of another service is HTTP`() throws {
    let row = try Dialogue(port: 443).adding { $0.client("GET / HTTP/1.0\r\n\r\n") }.row()
    #expect(row.identity.application == "http")
    #expect(row[.httpRequests] == 1)
  }

  @Test func `TLS on MQTT's port keeps the port's name`() throws {
    var talk = SampleDialogues.tls
    talk.port = 8_883
    let row = try talk.row()
    #expect(row.identity.application == "mqtts")
    #expect(row[.tlsClientHellos] == 1)
  }

  @Test func `a connection under way is read from the next message on`() throws {
    var talk = Dialogue(port: 1_883)
    talk.client(Array(SampleDialogues.publish(300)[200...]))
    for _ in 0..<3 { talk.client(SampleDialogues.publish(20)) }
    let row = try #require(flows(of: talk.shots(withHandshake: false)).first)
    #expect(row.identity.application == "mqtt")
    #expect(row[.mqttMalformed] == 0)
    #expect(row[.mqttPublishes] >= 2)
  }
}
