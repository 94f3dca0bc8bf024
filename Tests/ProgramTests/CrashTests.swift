import Foundation
import Spool
import Tables
import Testing
import TestSupport

extension ProgramTests {
  /// `featurize`, killed and started again, hands on the rows of a life that nothing disturbed, byte
  /// for byte.
  @Suite(.enabled(if: House.isBuilt, "needs built programs (WARD_BIN)"), .timeLimit(.minutes(30)))
  struct CrashTests {
    @Test func `the undisturbed rows count every packet once`() throws {
      let scratch = try Scratch()
      let rows = try Lives.undisturbed(Lives.demonstration(in: scratch))
      #expect(rows.count >= 55)  // 27.9 s in cells of 0.5 s
      var packets = 0
      var flows = Set<String>()
      let column = try #require(Table.flow.columns.firstIndex(of: "packets"))
      let state = try #require(Table.flow.columns.firstIndex(of: "state"))
      for line in rows.values.flatMap({ $0.split(separator: "\n").dropFirst() }) {
        let cells = line.split(separator: ",")
        flows.insert(cells[1..<8].joined(separator: ","))
        if cells[state] != "open" { packets += try #require(Int(cells[column])) }
      }
      #expect(flows.count > 300)
      #expect(packets > 10_000)
      #expect(try packets == Self.packets(inFile: "\(scratch.path)/demo.pcap"))
    }

    @Test func `begun anew at every segment, it goes on where it was`() throws {
      let scratch = try Scratch()
      let segments = try Lives.demonstration(in: scratch)
      let lives = try Lives(of: segments)
      for index in lives.segments.indices {
        try lives.hand(lives.segments[index...index])
        try lives.emptyQueue()
      }
      lives.expectDone()
      #expect(try lives.rows == Lives.undisturbed(segments))
    }

    @Test(arguments: [SIGKILL, SIGTERM], [1, 2] as [UInt64])
    func `ended by a signal at any moment, again and again, it goes on where it was`(
      signal: CInt, seed: UInt64
    ) throws {
      var random = Seeded(state: seed)
      let scratch = try Scratch()
      let segments = try Lives.demonstration(in: scratch)
      let lives = try Lives(of: segments)
      try lives.hand(lives.segments[...])
      // It is never further ahead of who takes the rows than that, however slow he is.
      let bounds = scratch.put("ward.conf", "[spool]\nfeaturized.files = 2\n")
      var deaths = 0
      while lives.rows.count < lives.segments.count {
        let inbox = try Inbox(SpoolDirectory(lives.scratch.spool), .featurized)
        try lives.collect(from: inbox)
        if lives.rows.count == lives.segments.count { break }
        let life = try Child(lives.words + ["--config", bounds])
        let goal = Int.random(in: 1...4, using: &random)
        var seen = 0
        while seen < goal && lives.rows.count < lives.segments.count {
          try #require(Self.becomesReadable(inbox.pollDescriptor), "featurize hands on nothing")
          seen += try lives.collect(from: inbox, atMost: goal - seen)
        }
        life.signal(signal)
        let status = try life.end(by: .generous).status
        #expect(status == (signal == SIGKILL ? -SIGKILL : 0))
        if signal == SIGTERM { #expect(lives.scratch.names("captured/cur") == []) }
        deaths += 1
      }
      try lives.emptyQueue()
      lives.expectDone()
      // A life hands on at most what is taken from it, 4, and the 2 for which there is room: 56 / 6.
      #expect(deaths >= 9)
      #expect(try lives.rows == Lives.undisturbed(segments))
    }

    @Test(.enabled(if: Fork.canBeTraced, "tracing is forbidden here"))
    func `killed before or after any system call, it goes on where it was`() async {
      await #expect(processExitsWith: .success) {
        let scratch = try Scratch()
        try Self.capture(into: scratch)
        let segments = "\(scratch.spool)/captured/new"
        let expected = try Lives.undisturbed(segments)
        let begun = try Lives(of: segments)
        try begun.hand(begun.segments[..<2])
        try begun.emptyQueue()
        try begun.hand(begun.segments[2...])
        var stop = 1
        while true {
          let lives = try Lives(from: begun)
          let end = lives.live(killedAtStop: stop)
          #expect(end == -SIGKILL || end == 0)
          try lives.collect()
          try lives.emptyQueue()
          lives.expectDone()
          #expect(lives.rows == expected, "killed at \(stop)")
          if end != -SIGKILL { break }
          stop += 7  // before and after by turns
        }
        #expect(stop > 200)
      }
    }

    @Test(
      .enabled(if: Fork.canBeTraced, "tracing is forbidden here"), arguments: [3, 4] as [UInt64])
    func `killed at random system calls, twice in a row, it goes on where it was`(
      seed: UInt64
    ) async {
      await #expect(processExitsWith: .success) { [seed] in
        var random = Seeded(state: seed)
        let scratch = try Scratch()
        let segments = try Lives.demonstration(in: scratch)
        let lives = try Lives(of: segments)
        var rest = lives.segments[...]
        var deaths = 0
        while !rest.isEmpty {
          let next = rest.prefix(Int.random(in: 1...6, using: &random))
          rest = rest[next.endIndex...]
          try lives.hand(next)
          for _ in 1...2 {  // a file that is worked on at three deaths is set aside
            let stop = Int.random(in: 1...600, using: &random)
            if lives.live(killedAtStop: stop) == -SIGKILL { deaths += 1 }
            try lives.collect()
          }
          try lives.emptyQueue()
        }
        lives.expectDone()
        #expect(deaths >= 10)
        #expect(try lives.rows == Lives.undisturbed(segments))
      }
    }

    /// Five segments with three flows, an end at the fourth.
    static func capture(into scratch: Scratch) throws {
      for number in 1...5 {
        let ports = (0..<30).map { UInt16(40_000 + $0 % 3) }
        try scratch.publish(
          Wire.capture(at: number, ports: ports), to: .captured,
          as: Wire.name(number, at: number, end: number == 4))
      }
    }

    /// Walks the packets' headers of a little-endian pcap file.
    private static func packets(inFile path: String) throws -> Int {
      let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
      var (count, offset) = (0, 24)
      while offset < bytes.count {
        offset += 16 + (0..<4).reduce(0) { $0 | Int(bytes[offset + 8 + $1]) << (8 * $1) }
        count += 1
      }
      return count
    }

    private static func becomesReadable(_ descriptor: CInt) -> Bool {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      return poll(&entry, 1, 180_000) == 1
    }
  }
}
