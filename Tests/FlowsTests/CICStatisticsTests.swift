import Flows
import Packets
import Tables
import Testing

/// What CICFlowMeter prints for a flow, where that is wrong, and where the corrected tool differs.
struct CICStatisticsTests {
  @Test func `the headers are the tools' own`() {
    let v4 = """
      Flow ID,Src IP,Src Port,Dst IP,Dst Port,Protocol,Timestamp,Flow Duration,Total Fwd Packet,Total Bwd packets,\
      Total Length of Fwd Packet,Total Length of Bwd Packet,Fwd Packet Length Max,Fwd Packet Length Min,\
      Fwd Packet Length Mean,Fwd Packet Length Std,Bwd Packet Length Max,Bwd Packet Length Min,Bwd Packet Length Mean,\
      Bwd Packet Length Std,Flow Bytes/s,Flow Packets/s,Flow IAT Mean,Flow IAT Std,Flow IAT Max,Flow IAT Min,\
      Fwd IAT Total,Fwd IAT Mean,Fwd IAT Std,Fwd IAT Max,Fwd IAT Min,Bwd IAT Total,Bwd IAT Mean,Bwd IAT Std,Bwd IAT Max,\
      Bwd IAT Min,Fwd PSH Flags,Bwd PSH Flags,Fwd URG Flags,Bwd URG Flags,Fwd Header Length,Bwd Header Length,\
      Fwd Packets/s,Bwd Packets/s,Packet Length Min,Packet Length Max,Packet Length Mean,Packet Length Std,\
      Packet Length Variance,FIN Flag Count,SYN Flag Count,RST Flag Count,PSH Flag Count,ACK Flag Count,URG Flag Count,\
      CWR Flag Count,ECE Flag Count,Down/Up Ratio,Average Packet Size,Fwd Segment Size Avg,Bwd Segment Size Avg,\
      Fwd Bytes/Bulk Avg,Fwd Packet/Bulk Avg,Fwd Bulk Rate Avg,Bwd Bytes/Bulk Avg,Bwd Packet/Bulk Avg,Bwd Bulk Rate Avg,\
      Subflow Fwd Packets,Subflow Fwd Bytes,Subflow Bwd Packets,Subflow Bwd Bytes,FWD Init Win Bytes,Bwd Init Win Bytes,\
      Fwd Act Data Pkts,Fwd Seg Size Min,Active Mean,Active Std,Active Max,Active Min,Idle Mean,Idle Std,Idle Max,\
      Idle Min,Label
      """
    #expect(CICFlowMeterHeader.v4.joined(separator: ",") == v4)
    let release =
      "id,"
      + v4.replacing("Bwd URG Flags,", with: "Bwd URG Flags,Fwd RST Flags,Bwd RST Flags,")
      .replacing("Label", with: "ICMP Code,ICMP Type,Total TCP Flow Time,Label,Attempted Category")
    #expect(CICFlowMeterHeader.cns2022.joined(separator: ",") == release)
    #expect((CICFlowMeterHeader.v4.count, CICFlowMeterHeader.cns2022.count) == (84, 91))
  }

  @Test func `the opening packet's payload counts twice`() throws {
    var talk = CICTalk()
    for (index, payload) in [44, 44, 60, 60].enumerated() {
      talk.udp(Int64(index) * 1_000, up: index % 2 == 0, payload: payload)
    }
    // 44 + 44 + 44 + 60 + 60 = 252 in 5 numbers: mean 50.4, but 252 / 4 packets = 63; right is 208 / 4 = 52.
    // Squares about 50.4: 3 · 6.4² + 2 · 9.6² = 307.2; / 4 = 76.8. About 52: 4 · 8² / 3 = 85.33.
    expect(
      try talk.rows(.v4).first,
      [
        "Packet Length Mean": "50.4", "Average Packet Size": "63.0",
        "Total Length of Fwd Packet": "104.0", "Fwd Packet Length Mean": "52.0",
      ])
    expect(
      try talk.rows(.cns2022).first,
      [
        "Packet Length Mean": "52.0", "Average Packet Size": "52.0",
        "Total Length of Fwd Packet": "104",
      ])
    for (variant, expected) in [(CICVariant.v4, 76.8), (.cns2022, 256.0 / 3)] {
      let text = try #require(try talk.rows(variant).first?["Packet Length Variance"])
      #expect(isClose(try #require(Double(text)), expected))
    }
  }

  @Test func `the digits are those of the tool's own additions`() throws {
    var talk = CICTalk()
    for payload in [44, 44, 60, 60] as [Int] { talk.udp(Int64(payload), payload: payload) }
    // Sum of squares after 3: 2 · 16 · (16 / 3) = 170.66666666666666; after 4: + 3 · (32 / 3) · (8 / 3),
    // each product rounded to a double: 255.99999999999994. A third of it, not 256 / 3.
    expect(try talk.rows(.cns2022).first, ["Packet Length Variance": "85.33333333333331"])
  }

  @Test func `PSH counts by direction only in the opening packet`() throws {
    var talk = CICTalk()
    talk.tcp(0, up: true, [.psh, .ack], payload: 1)
    talk.tcp(10, up: true, [.psh, .ack, .urg], payload: 1)
    talk.tcp(20, up: false, [.psh, .ack], payload: 1)
    expect(
      try talk.rows(.v4).first,
      ["Fwd PSH Flags": "1", "Bwd PSH Flags": "0", "Fwd URG Flags": "0", "PSH Flag Count": "3"])
    expect(
      try talk.rows(.cns2022).first,
      ["Fwd PSH Flags": "2", "Bwd PSH Flags": "1", "Fwd URG Flags": "1", "PSH Flag Count": "3"])
  }

  @Test func `a forward bulk counts as backward`() throws {
    var talk = CICTalk()
    for index in 0..<5 { talk.udp(Int64(index) * 100_000, payload: 100) }
    // One bulk of 5 packets and 500 bytes; the first four last 0.3 s, the fifth 0.1 s more: 500 / 0.4 = 1250.
    let none: KeyValuePairs = [
      "Fwd Bytes/Bulk Avg": "0", "Fwd Packet/Bulk Avg": "0", "Fwd Bulk Rate Avg": "0",
    ]
    let row = try talk.rows(.v4).first
    expect(row, none)
    expect(
      row,
      ["Bwd Bytes/Bulk Avg": "500", "Bwd Packet/Bulk Avg": "5", "Bwd Bulk Rate Avg": "1250"])
    expect(
      try talk.rows(.cns2022).first,
      [
        "Fwd Bytes/Bulk Avg": "500", "Fwd Packet/Bulk Avg": "5", "Fwd Bulk Rate Avg": "1250",
        "Bwd Bytes/Bulk Avg": "0", "Bwd Packet/Bulk Avg": "0", "Bwd Bulk Rate Avg": "0",
      ])
  }

  @Test func `a dialogue counts as a bulk`() throws {
    var talk = CICTalk()
    for index in 0..<4 { talk.udp(Int64(index) * 1_000, up: index % 2 == 0, payload: 100) }
    expect(try talk.rows(.v4).first, ["Bwd Bytes/Bulk Avg": "400", "Bwd Packet/Bulk Avg": "4"])
    expect(
      try talk.rows(.cns2022).first, ["Fwd Packet/Bulk Avg": "0", "Bwd Packet/Bulk Avg": "0"])
  }

  @Test func `subflows are one too few, or as many as packets`() throws {
    var talk = CICTalk()
    for time in [0, 10, 20] as [Int64] { talk.udp(time, payload: 50) }
    let names = ["Subflow Fwd Packets", "Subflow Fwd Bytes"]
    // No gap: 0 subflows, all is 0; right is 1: 3 packets, 150 bytes.
    #expect(try names.map { try talk.rows(.v4).first?[$0] } == ["0", "0"])
    // 3 packets, 3 subflows.
    #expect(try names.map { try talk.rows(.cns2022).first?[$0] } == ["1", "50"])
    talk.udp(2_000_000, payload: 51)
    // One gap of more than a second: 1 subflow of 4 packets and 201 bytes; right is 2.
    #expect(try names.map { try talk.rows(.v4).first?[$0] } == ["4", "201"])
    // 201 / 4 = 50.25, rounded down.
    #expect(try names.map { try talk.rows(.cns2022).first?[$0] } == ["1", "50"])
  }

  @Test func `the ratio of packets is rounded down`() throws {
    var talk = CICTalk()
    for index in 0..<5 { talk.udp(Int64(index) * 10, up: index % 2 == 1 || index == 0, payload: 1) }
    // Forward: 0, 1, 3; backward: 2, 4.
    expect(try talk.rows(.v4).first, ["Down/Up Ratio": "0.0"])
    expect(try talk.rows(.cns2022).first, ["Down/Up Ratio": "0.6666666666666666"])
  }

  @Test(arguments: CICVariant.allCases)
  func `windows, headers and data packets are not what they are called`(
    variant: CICVariant
  ) throws {
    var talk = CICTalk()
    talk.tcp(0, up: true, .syn, payload: 3, window: 29_200, options: 20)
    talk.tcp(10, up: false, [.syn, .ack], window: 28_960, options: 20)
    talk.tcp(20, up: true, .ack, payload: 5, window: 229, options: 12)
    talk.tcp(30, up: false, .ack, window: 235, options: 12)
    // The responder's last window stands for its first. Headers are TCP's: 40 + 32, without IP's 20 each;
    // the smallest of them is called a segment. The opening packet's data is not counted.
    expect(
      try talk.rows(variant).first,
      [
        "FWD Init Win Bytes": "29200", "Bwd Init Win Bytes": "235", "Fwd Header Length": "72",
        "Bwd Header Length": "72", "Fwd Seg Size Min": "32", "Fwd Act Data Pkts": "1",
      ])
  }

  @Test func `nothing divided by no time is written`() throws {
    var talk = CICTalk()
    talk.udp(0, payload: 7)
    talk.udp(0, payload: 7)
    expect(
      try talk.rows(.v4).first,
      [
        "Flow Duration": "0", "Flow Bytes/s": "Infinity", "Flow Packets/s": "Infinity",
        "Fwd Packets/s": "0.0",
      ])
    #expect(try talk.rows(.cns2022).isEmpty)
    var empty = CICTalk()
    empty.udp(0, payload: 0)
    empty.udp(0, payload: 0)
    expect(try empty.rows(.v4).first, ["Flow Bytes/s": "NaN", "Flow Packets/s": "Infinity"])
  }

  @Test func `the last span of activity is not counted`() throws {
    var talk = CICTalk()
    for time in [0, 1_000_000, 7_000_000, 9_000_000] as [Int64] { talk.udp(time, payload: 1) }
    // Active 0 to 1 s; idle 6 s; then active 7 to 9 s, which is never closed: right is a mean of 1.5 s.
    expect(
      try talk.rows(.v4).first,
      [
        "Active Mean": "1000000.0", "Active Std": "0.0", "Active Max": "1000000.0",
        "Idle Mean": "6000000.0", "Idle Min": "6000000.0",
      ])
    expect(
      try talk.rows(.cns2022).first,
      ["Active Mean": "1000000.0", "Active Max": "1000000", "Idle Max": "6000000"])
    var busy = CICTalk()
    for time in [0, 1_000_000] as [Int64] { busy.udp(time, payload: 1) }
    expect(try busy.rows(.v4).first, ["Active Mean": "0", "Active Max": "0", "Idle Mean": "0"])
    expect(try busy.rows(.cns2022).first, ["Active Mean": "0.0", "Active Max": "0"])
  }

  @Test func `packets out of order go back in time`() throws {
    var talk = CICTalk()
    talk.udp(30, payload: 1)
    talk.udp(20, payload: 1)
    for variant in CICVariant.allCases {
      let row = try talk.rows(variant).first
      expect(row, ["Flow Duration": "-10", "Flow IAT Mean": "-10.0", "Fwd Packets/s": "0.0"])
    }
  }

  @Test func `numbers are set as Java and Python set them`() throws {
    var talk = CICTalk()
    talk.udp(0, payload: 18)
    talk.udp(1, payload: 18)
    // 36 B in 1 µs.
    expect(try talk.rows(.v4).first, ["Flow Bytes/s": "3.6E7", "Flow Packets/s": "2000000.0"])
    expect(try talk.rows(.cns2022).first, ["Flow Bytes/s": "36000000.0"])
    var long = CICTalk()
    for index in 0..<20_000 { long.udp(Int64(index), payload: index == 0 ? 1 : 0) }
    // 1 / 20000 = 0.00005.
    expect(try long.rows(.v4).first, ["Fwd Segment Size Avg": "5.0E-5"])
    expect(try long.rows(.cns2022).first, ["Fwd Segment Size Avg": "5e-05"])
  }
}
