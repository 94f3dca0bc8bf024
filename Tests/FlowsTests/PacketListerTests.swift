import Flows
import Packets
import Tables
import Testing

/// A row a packet.
struct PacketListerTests {
  /// The cells of the rows that `shots` make.
  private func rows(of shots: [Shot], flows: Int = 64) throws -> [[String]] {
    var lister = PacketLister(flows: flows)
    for shot in shots { lister.add(shot) }
    var text: [UInt8] = []
    lister.writer.drain { text += $0 }
    var rows: [[String]] = []
    try text.withUnsafeBytes { bytes in
      try Table.packet.read(bytes) { record in
        rows.append((0..<record.count).map { record.text($0) })
      }
    }
    return rows
  }

  @Test func `seventeen columns stand behind the row's number`() {
    #expect(
      Table.packet.columns == [
        "ward_packet_1", "time", "src_ip", "dst_ip", "src_port", "dst_port", "protocol", "fin",
        "syn", "rst", "psh", "ack", "urg", "ecn", "tos", "inter_arrival_ms", "packets", "bytes",
      ])
  }

  @Test func `counts run over both directions of a flow`() throws {
    let (client, server) = (End(2, 40_000), End(1, 80))
    let rows = try rows(of: [
      Shot(0, Frames.tcp(client, server, [.syn, .ece, .cwr], typeOfService: 0xB8)),
      Shot(1_500, Frames.tcp(server, client, [.syn, .ack])),
      Shot(1_600, Frames.udp(client, server, payload: 10)),
      Shot(2_000, Frames.tcp(client, server, [.psh, .ack, .urg, .fin, .rst], payload: [1, 2])),
    ])
    // TCP: 40, 40 + 40, 80 + 42 bytes of IP. UDP: 20 + 8 + 10. Gaps 1.5 ms and 0.5 ms.
    let up = ["10.0.0.2", "10.0.0.1", "40000", "80"]
    let down = ["10.0.0.1", "10.0.0.2", "80", "40000"]
    #expect(
      rows == [
        ["1", "2023-11-14T22:13:20.000000Z"] + up
          + ["6", "0", "1", "0", "0", "0", "0", "1", "184", "0", "1", "40"],
        ["2", "2023-11-14T22:13:20.001500Z"] + down
          + ["6", "0", "1", "0", "0", "1", "0", "0", "0", "1.5", "2", "80"],
        ["3", "2023-11-14T22:13:20.001600Z"] + up
          + ["17", "0", "0", "0", "0", "0", "0", "0", "0", "0", "1", "38"],
        ["4", "2023-11-14T22:13:20.002000Z"] + up
          + ["6", "1", "0", "1", "1", "1", "1", "0", "0", "0.5", "3", "122"],
      ])
  }

  @Test func `a packet older than the one before has no gap`() throws {
    let frame = Frames.udp(End(2, 1), End(1, 2))
    let rows = try rows(of: [Shot(500, frame), Shot(100, frame)])
    #expect(rows.map { $0[15] } == ["0", "0"])
  }

  @Test func `ARP and IPv6 have rows, other frames none`() throws {
    let rows = try rows(of: [
      Shot(0, Frames.arp(End(2), End(1), isReply: false)),
      Shot(1, Frames.udp(End(v6: 2, 5), End(v6: 1, 6), payload: 4)),
      Shot(2, [UInt8](repeating: 0, count: 12) + [0x88, 0xCC] + [UInt8](repeating: 0, count: 46)),
    ])
    #expect(rows.map { $0[2] } == ["10.0.0.2", "fd00::2"])
    #expect(rows.map { $0[6] } == ["0", "17"])
  }

  @Test func `a flow that a full table forgot begins anew`() throws {
    let frames = (0..<3).map { Frames.udp(End(2, UInt16(1 + $0)), End(1, 80)) }
    let order = [0, 1, 0, 2, 0, 1]
    let rows = try rows(of: order.enumerated().map { Shot(Int64($0), frames[$1]) }, flows: 2)
    // Two places: 2 takes the place of 1, which was silent longer than 0.
    #expect(rows.map { $0[16] } == ["1", "1", "2", "1", "3", "1"])
  }
}

extension PacketLister {
  fileprivate mutating func add(_ shot: Shot) {
    shot.frame.withUnsafeBytes {
      add(
        Frame(
          bytes: $0, time: Traffic.moment(shot.time), wireLength: UInt32(shot.frame.count),
          link: .ethernet))
    }
  }
}
