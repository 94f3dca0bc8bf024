import Glibc
import Spool
import Testing
import TestSupport

struct SequenceTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `numbers begin at 1 and follow each other`() throws {
    var sequence = try Sequence(scratch.spool)
    for expected in 1...2_500 as ClosedRange<UInt64> { #expect(try sequence.take() == expected) }
  }

  @Test func `no number comes twice, however a life ends`() throws {
    var random = Seeded(state: 1_000)
    var last: UInt64 = 0
    for _ in 0..<100 {
      var sequence = try Sequence(scratch.spool)
      for _ in 0..<(random.next() % 4 == 0 ? 1_500 : random.next() % 5) {
        let number = try sequence.take()
        #expect(number > last)
        last = number
      }
      if random.next() % 3 == 0 { try sequence.settle() }
    }
  }

  @Test func `after a clean stop no number is left out`() throws {
    for expected in 1...10 as ClosedRange<UInt64> {
      var sequence = try Sequence(scratch.spool)
      #expect(try sequence.take() == expected)
      try sequence.settle()
    }
  }

  @Test(arguments: ["", "\n", "12", "x\n", "-1\n", "1 2\n", "99999999999999999999\n"])
  func `a damaged file is refused, not begun anew`(text: String) throws {
    _ = try scratch.spool.path("state", "sequence")
    scratch.put("state/sequence", text)
    #expect(throws: SpoolError.self) { _ = try Sequence(scratch.spool) }
  }

  @Test(.enabled(if: Fork.canBeTraced, "tracing is forbidden here"))
  func `killed at any system call, no number comes twice`() async {
    await #expect(processExitsWith: .success) {
      let scratch = try Scratch()
      var ends: (CInt, CInt) = (0, 0)
      withUnsafeMutableBytes(of: &ends) {
        _ = pipe($0.assumingMemoryBound(to: CInt.self).baseAddress)
      }
      var last: UInt64 = 0
      var call = 1
      while Fork.killed(
        atSystemCall: call,
        {
          var sequence = try Sequence(SpoolDirectory(scratch.path))
          for _ in 0..<8_002 {
            var number = try sequence.take()
            if number % 1_000 <= 2 { write(ends.1, &number, 8) }
          }
        })
      {
        var number: UInt64 = 0
        while becomesReadable(ends.0, milliseconds: 0), read(ends.0, &number, 8) == 8 {
          #expect(number > last)
          last = number
        }
        call += 1
      }
      #expect(call > 20)
      #expect(last > 2_000)
    }
  }
}
