import Spool
import Testing

struct ArchiveTests {
  let scratch: Scratch
  let hundred = String(repeating: "x", count: 100)

  init() throws { scratch = try Scratch() }

  private func work(_ numbers: ClosedRange<Int>, archive: Int) throws {
    let outbox = try scratch.outbox(.captured)
    for number in numbers { try outbox.hand("\(segment(number))", hundred) }
    _ = try claimAll(Inbox(scratch.spool, .captured, archive: archive))
  }

  private func expectKept(_ numbers: ClosedRange<Int>) {
    let files = numbers.map { segment($0).fileName(in: .captured) }
    #expect(scratch.names("archive/captured") == files)
    #expect(scratch.names("captured/cur").isEmpty)
  }

  @Test func `the newest finished files are kept, within the bound`() throws {
    try work(1...10, archive: 399)
    expectKept(8...10)
    #expect(scratch.text("archive/captured/\(segment(9).fileName(in: .captured))") == hundred)
  }

  @Test func `the bound holds across restarts, and a smaller one too`() throws {
    try work(1...5, archive: 500)
    expectKept(1...5)
    try work(6...6, archive: 500)
    expectKept(2...6)
    try work(7...7, archive: 200)
    expectKept(6...7)
  }

  @Test func `a file that comes twice is counted once`() throws {
    for _ in 1...20 { try work(1...3, archive: 300) }
    expectKept(1...3)
  }

  @Test func `thousands pass through`() throws {
    try work(1...3_000, archive: 1_000)
    expectKept(2_991...3_000)
  }

  @Test func `a file beyond the whole bound is not kept`() throws {
    try work(1...1, archive: 99)
    #expect(scratch.names("archive/captured").isEmpty)
  }
}
