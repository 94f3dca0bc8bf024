import Foundation
import Spool
import Tables
import Testing

extension ProgramTests {
  /// Ends, broken segments and odd orders, as `featurize` meets them in its queue.
  @Suite(.enabled(if: House.isBuilt, "needs built programs (WARD_BIN)"), .timeLimit(.minutes(30)))
  struct SegmentTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `an end ends all flows, and nothing comes back after it`() throws {
      try publish(1, ports: [40_000, 40_001])
      try publish(2, ports: [40_000], end: true)
      try featurize()
      #expect(try ends(2) == ["40000 2 end", "40001 1 end"])
      try publish(3, ports: [40_000])
      try featurize()
      try publish(4, ports: [40_000], end: true)
      try featurize()
      // Of the four packets from port 40000 two came before the first end: 2 = 4 - 2.
      #expect(try ends(4) == ["40000 2 end"])
      #expect(try ends(3) == [])
    }

    @Test func `an end may hold no packet`() throws {
      try publish(1, ports: [40_000])
      try publish(2, ports: [], end: true)
      try featurize()
      #expect(try ends(2) == ["40000 1 end"])
    }

    @Test func `a broken segment is set aside and leaves no trace`() throws {
      let other = try Scratch()
      for number in 1...4 {
        let ports = [UInt16](repeating: 40_000, count: number)
        let name = Wire.name(number, at: number, end: number == 4)
        let whole = Wire.capture(at: number, ports: ports)
        if number != 3 { try other.publish(whole, to: .captured, as: name) }
        // Its first two packets are whole: 24 + 2 * (16 + 46) = 148 of 210 bytes.
        try scratch.publish(number == 3 ? Array(whole[..<200]) : whole, to: .captured, as: name)
      }
      try featurize()
      try featurize(other)
      #expect(rows() == rows(other))
      // 1 + 2 + 4 packets, without the 3 of the broken one.
      #expect(try ends(4) == ["40000 7 end"])
      let file = Wire.name(3, at: 3).fileName(in: .captured)
      #expect(scratch.names("quarantine/captured") == [file, "\(file).reason"])
    }

    @Test func `a segment that was counted before is set aside, also by a later life`() throws {
      try publish(1, ports: [40_000])
      try publish(2, ports: [40_000])
      try featurize()
      let before = rows()
      let file = Wire.name(1, at: 1).fileName(in: .captured)
      for _ in 1...2 {
        try publish(1, ports: [40_000])
        try featurize()
        #expect(scratch.names("quarantine/captured") == [file, "\(file).reason"])
        #expect(
          scratch.text("spool/quarantine/captured/\(file).reason")
            == "segment 1 comes after segment 2: it was counted before, or is too late\n")
        #expect(rows() == before)
      }
      try publish(3, ports: [40_000], end: true)
      try featurize()
      #expect(try ends(3) == ["40000 3 end"])
    }

    @Test func `a clock that is set back changes no order, in this life or the next`() throws {
      // The third segment is an hour before the second.
      for (number, second) in [(1, 4_000), (2, 4_001), (3, 401), (4, 402)] {
        try publish(number, at: second, ports: [40_000], end: number == 4)
      }
      let other = try Scratch()
      try FileManager.default.copyItem(atPath: scratch.spool, toPath: other.spool)
      try featurize()
      for number in 1...4 {
        let rest = scratch.names("archive/captured").filter {
          (SegmentName($0)?.sequence).map { $0 > UInt64(number) } ?? false
        }
        let new = "\(other.spool)/captured/new"
        for file in rest { rename("\(new)/\(file)", "\(new)/../\(file)") }
        try featurize(other)
        for file in rest { rename("\(new)/../\(file)", "\(new)/\(file)") }
      }
      #expect(rows() == rows(other))
      #expect(try ends(4) == ["40000 4 end"])
    }

    @Test func `each sensor has flows and ends of its own`() throws {
      for sensor in ["room1", "room2"] {
        for number in 1...3 {
          let isEnd = number == 3 && sensor == "room1"
          try scratch.publish(
            Wire.capture(at: number, ports: [40_000]), to: .captured,
            as: Wire.name(number, at: number, end: isEnd, sensor: sensor))
        }
      }
      try featurize()
      try scratch.publish(
        Wire.capture(at: 4, ports: [40_000]), to: .captured,
        as: Wire.name(4, at: 4, end: true, sensor: "room2"))
      try featurize()
      #expect(try ends(3, sensor: "room1") == ["40000 3 end"])
      #expect(try ends(4, sensor: "room2") == ["40000 4 end"])
    }

    @Test func `a file with a name of its own begins and ends by itself`() throws {
      try publish(1, ports: [40_000])
      try featurize()
      let path = "\(scratch.spool)/captured/new/a visit.pcap"
      try Data(Wire.capture(at: 2, ports: [40_000])).write(to: URL(filePath: path))
      try featurize()
      try publish(3, ports: [40_000], end: true)
      try featurize()
      #expect(try ends(inFile: "a visit.csv") == ["40000 1 end"])
      #expect(try ends(3) == ["40000 2 end"])
    }

    @Test func `with nothing kept flows begin anew, and that is said`() throws {
      let bounds = scratch.put("ward.conf", "[featurize]\narchive_bytes = 0\n")
      try publish(1, ports: [40_000])
      #expect(try featurize(scratch, "--config", bounds).contains("warning featurize: archive_b"))
      try publish(2, ports: [40_000], end: true)
      try featurize(scratch, "--config", bounds)
      #expect(try ends(2) == ["40000 1 end"])
    }

    @Test func `beyond what is kept a flow begins anew`() throws {
      // A segment of one packet has 24 + 16 + 46 = 86 bytes: two are kept.
      let bounds = scratch.put("ward.conf", "[featurize]\narchive_bytes = 172\n")
      for number in 1...4 { try publish(number, ports: [40_000]) }
      try featurize(scratch, "--config", bounds)
      try publish(5, ports: [40_000], end: true)
      let log = try featurize(scratch, "--config", bounds)
      #expect(log.contains("read kept segments again ") && log.contains(" bytes=172 "))
      #expect(log.contains(" packets=2 ") && log.contains(" segments=2\n"))
      #expect(try ends(5) == ["40000 3 end"])
    }

    // MARK: capture's end

    @Test func `the last segment of a file is its end`() throws {
      let demo = try scratch.demo()
      for _ in 1...2 {
        let end = try run(
          House.program("capture"), "--spool", scratch.spool, "--read", demo, "--sensor", "demo")
        #expect(end.status == 0)
      }
      let names = scratch.names("captured/new").compactMap { SegmentName($0) }
        .sorted { $0.sequence < $1.sequence }
      #expect(names.count == 222)
      let ends = names.indices.filter { names[$0].isEnd }
      #expect(ends == [110, 221])
    }

    // MARK: What they share

    private func publish(
      _ number: Int, at second: Int? = nil, ports: [UInt16], end: Bool = false
    ) throws {
      let second = second ?? number
      try scratch.publish(
        Wire.capture(at: second, ports: ports), to: .captured,
        as: Wire.name(number, at: second, end: end))
    }

    /// A life until the queue is empty; its log.
    @discardableResult
    private func featurize(_ other: Scratch? = nil, _ options: String...) throws -> String {
      let end = try run(
        [House.program("featurize"), "--spool", (other ?? scratch).spool, "--once"] + options)
      #expect(end.status == 0, "\(end.errors)")
      return end.errors
    }

    private func rows(_ other: Scratch? = nil) -> [String: String] {
      let from = other ?? scratch
      let names = from.names("featurized/new")
      return Dictionary(
        uniqueKeysWithValues: names.map { ($0, from.text("spool/featurized/new/\($0)")) })
    }

    private func ends(
      _ number: Int, sensor: String = "room12"
    ) throws -> [String] {
      let file = try #require(
        rows().keys.first {
          SegmentName($0)?.sequence == UInt64(number) && SegmentName($0)?.sensor == sensor
        })
      return try ends(inFile: file)
    }

    /// Source port, packets and state of each flow that ended, in the order of ports.
    private func ends(inFile file: String) throws -> [String] {
      let columns = try ["src_port", "packets", "state"].map {
        try #require(Table.flow.columns.firstIndex(of: $0))
      }
      let lines = scratch.text("spool/featurized/new/\(file)").split(separator: "\n").dropFirst()
      return lines.map { line in
        let cells = line.split(separator: ",")
        return columns.map { String(cells[$0]) }.joined(separator: " ")
      }.filter { !$0.hasSuffix(" open") }.sorted()
    }
  }
}
