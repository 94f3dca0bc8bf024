import Tables
import TestSupport
import Testing
import Training

/// Tables as they were published, and what must become of them.
struct PublicTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// CIC-DDoS2019's header, blanks and all, less the columns in the middle.
  private static let names = [
    "Unnamed: 0", "Flow ID", " Source IP", " Source Port", " Destination IP", " Destination Port",
    " Protocol", " Timestamp", " Flow Duration", " Total Fwd Packets", " Total Backward Packets",
    "Total Length of Fwd Packets", " Total Length of Bwd Packets", " Fwd Packet Length Max",
    " Fwd Packet Length Min", " Fwd Packet Length Mean", " Fwd Packet Length Std",
    "Bwd Packet Length Max", "Flow Bytes/s", " Flow Packets/s", " Flow IAT Mean",
    " Fwd Header Length", " Bwd Header Length", " Min Packet Length", " Max Packet Length",
    " CWE Flag Count", " Avg Fwd Segment Size", " Fwd Header Length.1", "Fwd Avg Bytes/Bulk",
    "Init_Win_bytes_forward", " act_data_pkt_fwd", "SimillarHTTP", " Inbound", " Label",
  ]

  /// A row: 0 everywhere but where `cells` says otherwise.
  private static func row(_ cells: [String: String]) -> String {
    names.map { name in cells[PublicTableTests.trimmed(name)] ?? "0" }.joined(separator: ",")
  }

  private static func trimmed(_ name: String) -> String { String(name.drop { $0 == " " }) }

  private func load(
    _ lines: [String], ending: String = "\n", label: @escaping (String) -> String? = { $0 }
  ) throws -> (Samples, Repairs) {
    let path = folder.put("table.csv", lines.joined(separator: "\n") + ending)
    let table = PublicTable(path: path, group: "day", label: label)
    let measures = try table.measures()
    var samples = Samples(columns: Measure.allCases.filter { measures.contains($0) })
    var repairs = Repairs()
    try table.load(into: &samples, &repairs)
    samples.arrange()
    return (samples, repairs)
  }

  private var header: String { Self.names.joined(separator: ",") }

  @Test func `every published defect is repaired and counted`() throws {
    let (samples, repairs) = try load([
      header,
      Self.row([
        "Source Port": "900", "Destination Port": "445", "Timestamp": "2018-12-01 15:10:02.660511",
        "Flow Duration": "0", "Total Fwd Packets": "2", "Total Backward Packets": "1",
        "Flow Bytes/s": "Infinity", "Flow Packets/s": "NaN", "Flow IAT Mean": "-5",
        "Fwd Header Length": "-2125437950", "Init_Win_bytes_forward": "-1", "SimillarHTTP": "x",
        "Label": "DrDoS_LDAP",
      ]),
      header,
      Self.row(["Label": "BENIGN", "Timestamp": "03/11/2018 09:00:00", "Flow Bytes/s": "inf"]),
      Self.row(["Label": " BENIGN "]) + ",9",
      Self.row(["Label": "WebDDoS", "Flow IAT Mean": ""]),
    ])
    #expect(samples.count == 3)
    #expect(samples.classes == ["BENIGN", "DrDoS_LDAP", "WebDDoS"])
    #expect(samples.values.allSatisfy { $0.isFinite && $0 >= 0 })
    #expect(repairs.repeatedHeaders == 1)
    #expect(repairs.brokenRows == 1)
    #expect(repairs.repeatedColumns == ["Fwd Header Length.1"])
    #expect(repairs.columns["Flow Bytes/s"]?.infinite == 2)
    #expect(repairs.columns["Flow Packets/s"]?.notANumber == 1)
    #expect(repairs.columns["Flow IAT Mean"]?.negative == 1)
    #expect(repairs.columns["Flow IAT Mean"]?.unreadable == 1)
    #expect(repairs.columns["Fwd Header Length"]?.negative == 1)
    #expect(repairs.columns["FWD Init Win Bytes"]?.negative == 1)
    #expect(repairs.unknownColumns.contains("SimillarHTTP"))
    #expect(samples.groups == ["day/-", "day/2018-11-03", "day/2018-12-01"])
  }

  @Test func `what follows from other columns is there too`() throws {
    let (samples, _) = try load([
      header,
      Self.row([
        "Source Port": "40000", "Destination Port": "445", "Total Fwd Packets": "2",
        "Total Backward Packets": "1", "Label": "BENIGN",
      ]),
    ])
    func value(_ measure: Measure) -> Float? {
      samples.columns.firstIndex(of: measure).map { samples.values[$0] }
    }
    #expect(value(.packets) == 3)
    #expect(value(.durationZero) == 1)
    #expect(value(.srcPortClass) == 3)
    #expect(value(.dstPortClass) == 1)
    #expect(value(.dstPortExploit) == 1)
    #expect(value(.fwdPackets) == 2)
    #expect(value(.cwrCount) == 0)
  }

  @Test func `labels are renamed or left out, and a file may lack its last line end`() throws {
    let (samples, repairs) = try load(
      [header, Self.row(["Label": "Syn"]), Self.row(["Label": "Heartbleed"])], ending: "",
      label: { $0 == "Syn" ? "SYN_FLOOD" : nil })
    #expect(samples.classes == ["SYN_FLOOD"])
    #expect(repairs.unwantedRows == 1)
  }

  @Test(arguments: [
    "Flow Byts/s", " Flow Bytes/s", "flow bytes/s", "Flow Bytes/s ",
  ]) func `every tool's spelling is understood`(name: String) {
    #expect(PublicColumns.measure(name) == .flowBytesPerSecond)
  }

  @Test func `all names of both our own headers are understood`() {
    let others = [
      "id", "Flow ID", "Src IP", "Src Port", "Dst IP", "Dst Port", "Protocol", "Timestamp",
      "Total TCP Flow Time", "Label", "Attempted Category",
    ]
    for name in CICFlowMeterHeader.v4 + CICFlowMeterHeader.cns2022 where !others.contains(name) {
      #expect(PublicColumns.measure(name) != nil, "\(name)")
    }
  }

  @Test func `a port of another tool is refused`() {
    let names = "src_ip,dst_ip,flow_duration,flow_byts_s,tot_fwd_pkts,label\n1,2,3,4,5,BENIGN"
    #expect(throws: Unreadable.self) { try load([names]) }
    #expect(throws: Unreadable.self) { try load([""]) }
  }
}
