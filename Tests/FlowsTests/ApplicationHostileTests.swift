import Packets
import Tables
import Testing
import TestSupport

@Suite struct ApplicationHostileTests {
  @Test func `talk that stops at any byte is read as far as it goes`() throws {
    for sample in SampleDialogues.all {
      for index in sample.talk.said.indices {
        for length in 1...sample.talk.said[index].bytes.count {
          var talk = sample.talk
          talk.said.removeSubrange((index + 1)...)
          talk.said[index].bytes.removeSubrange(length...)
          let row = try talk.row()
          for (column, count) in zip(applicationColumns, row.applicationCounts) {
            #expect(count <= sample.counts[column, default: 0], "\(sample.name) \(index) \(length)")
          }
        }
      }
    }
  }

  @Test func `any byte may be wrong`() throws {
    var random = Seeded(state: 7)
    for sample in SampleDialogues.all {
      for _ in 0..<200 {
        var talk = sample.talk
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          let index = Int.random(in: 0..<talk.said.count, using: &random)
          let place = Int.random(in: 0..<talk.said[index].bytes.count, using: &random)
          talk.said[index].bytes[place] = UInt8.random(in: .min ... .max, using: &random)
        }
        #expect(try talk.row()[.packets] == Double(talk.said.count + 3))
      }
    }
  }

  @Test func `lengths that lie are only lengths`() throws {
    let lies: [(UInt16, [UInt8])] = [
      (1_883, SampleDialogues.connect + [0x30, 0xFF, 0xFF, 0xFF, 0x7F, 1]),
      (104, SampleDialogues.associate + [4, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1]),
      (53, [0xFF, 0xFF] + SampleDialogues.question(255)),
      (445, [0, 1, 0xFF, 0xFF, 0xFE] + Array("SMB".utf8) + [UInt8](repeating: 0xFF, count: 30)),
      (443, [22, 3, 3, 0x48, 0, 1, 0xFF]),
      (80, Array("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\nx".utf8)),
      (80, Array("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\nx".utf8)),
      (22, Array("SSH-2.0-x\r\n".utf8) + [0x7F, 0xFF, 0xFF, 0xFF, 1, 21]),
    ]
    for (port, bytes) in lies {
      var talk = Dialogue(port: port)
      talk.client(bytes)
      for _ in 0..<8 { talk.client([UInt8](repeating: 0xFF, count: 1_400)) }
      let row = try talk.row()
      #expect(row[.fwdDataPackets] == 9)
      #expect(row.applicationCounts.allSatisfy { $0 <= 1 }, "\(port)")
    }
  }
}
