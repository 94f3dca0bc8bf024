import Glibc
import Spool
import Testing

struct InboxTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func `files are claimed in the order of their names, old and new ones alike`() throws {
    let outbox = try scratch.outbox(.featurized)
    for number in [5, 3, 9] { try outbox.hand("\(segment(number))") }
    let inbox = try Inbox(scratch.spool, .featurized)
    for number in [4, 1] { try outbox.hand("\(segment(number))") }
    let expected = [1, 3, 4, 5, 9].map { segment($0).fileName(in: .featurized) }
    #expect(try claimAll(inbox) == expected)
  }

  @Test func `an arrival wakes the consumer`() throws {
    let inbox = try Inbox(scratch.spool, .featurized)
    #expect(!becomesReadable(inbox.pollDescriptor, milliseconds: 0))
    try scratch.outbox(.featurized).hand("\(segment(1))", "text")
    #expect(becomesReadable(inbox.pollDescriptor))
    let claim = try inbox.next()
    let (queue, file) = (claim.queue, claim.fileName)
    let text = try claim.withBytes { String(decoding: $0, as: UTF8.self) }
    #expect(queue == .featurized)
    #expect(text == "text")
    #expect(scratch.names("featurized/cur") == [file])
    try claim.finish()
    #expect(scratch.names("featurized/cur").isEmpty)
    #expect(!becomesReadable(inbox.pollDescriptor, milliseconds: 0))
  }

  @Test func `a second consumer is refused until the first is gone`() throws {
    var inbox: Inbox? = try Inbox(scratch.spool, .captured)
    let error = try #require(throws: SpoolError.self) { try Inbox(scratch.spool, .captured) }
    #expect(error.isLocked)
    #expect(error.description.hasPrefix("unable to lock \(scratch.path)/captured/lock: "))
    #expect(try Inbox(scratch.spool, .benign).queue == .benign)
    withExtendedLifetime(inbox) {}
    inbox = nil
    _ = try Inbox(scratch.spool, .captured)
  }

  @Test func `what an earlier life had claimed is put back`() throws {
    try scratch.outbox(.captured).hand("\(segment(2))", "whole")
    _ = try Inbox(scratch.spool, .captured)
    let file = segment(2).fileName(in: .captured)
    scratch.move("captured/new/\(file)", to: "captured/cur/\(file)")
    let inbox = try Inbox(scratch.spool, .captured)
    #expect(scratch.names("captured/cur").isEmpty)
    #expect(try claimAll(inbox) == [file])
  }

  @Test func `a forgotten claim goes back and is claimed again`() throws {
    try scratch.outbox(.captured).hand("\(segment(1))")
    let inbox = try Inbox(scratch.spool, .captured)
    func forget() throws -> String? {
      guard let claim = try inbox.claim() else { return nil }
      return claim.fileName
    }
    let file = segment(1).fileName(in: .captured)
    for _ in 0..<5 { #expect(try forget() == file) }
    #expect(scratch.names("captured/new") == [file])
    #expect(scratch.names("captured/cur").isEmpty)
  }

  @Test func `an unreadable file lies in quarantine with its reason`() throws {
    try scratch.outbox(.malicious).hand("\(segment(1))", "broken")
    let inbox = try Inbox(scratch.spool, .malicious)
    let files = try claimAll(inbox) { try $0.setAside(reason: "row 3: cut short") }
    #expect(scratch.text("quarantine/malicious/\(files[0])") == "broken")
    #expect(scratch.text("quarantine/malicious/\(files[0]).reason") == "row 3: cut short\n")
    let occupancy = try scratch.spool.occupancy(of: .malicious)
    #expect(occupancy.quarantined == 1)
    #expect(occupancy.claimed.files == 0 && occupancy.waiting.files == 0)
  }

  @Test func `a file that killed its consumer three times in a row is set aside`() throws {
    _ = try Inbox(scratch.spool, .captured)
    scratch.put("captured/cur/deadly name.pcap", "x")
    for _ in 1...2 {
      _ = try Inbox(scratch.spool, .captured)
      #expect(scratch.names("captured/new") == ["deadly name.pcap"])
      scratch.move("captured/new/deadly name.pcap", to: "captured/cur/deadly name.pcap")
    }
    scratch.put("captured/cur/other.pcap")
    let inbox = try Inbox(scratch.spool, .captured)
    #expect(try claimAll(inbox) == ["other.pcap"])
    #expect(scratch.text("quarantine/captured/deadly name.pcap") == "x")
    #expect(
      scratch.text("quarantine/captured/deadly name.pcap.reason")
        == "the stage died 3 times in a row while it worked on this\n")
  }

  @Test func `deaths are forgotten when the file was dealt with`() throws {
    _ = try Inbox(scratch.spool, .captured)
    for _ in 1...5 {
      for _ in 1...2 {
        scratch.put("captured/cur/a.pcap")
        _ = try Inbox(scratch.spool, .captured)
      }
      #expect(try claimAll(Inbox(scratch.spool, .captured)) == ["a.pcap"])
      _ = try Inbox(scratch.spool, .captured)
    }
    #expect(scratch.names("quarantine/captured").isEmpty)
  }

  @Test func `what is not a file does not hold up the queue`() throws {
    scratch.put("state", "secret")
    _ = try Inbox(scratch.spool, .captured)
    let new = "\(scratch.path)/captured/new"
    #expect(mkfifo("\(new)/a.pcap", 0o600) == 0)
    #expect(mkdir("\(new)/b.pcap", 0o700) == 0)
    #expect(symlink("\(scratch.path)/state", "\(new)/c.pcap") == 0)
    let files = try claimAll(Inbox(scratch.spool, .captured)) { claim in
      do {
        _ = try claim.withBytes { _ in Issue.record("it was read") }
      } catch let error as SpoolError {
        #expect(error.isNotAFile)
        try claim.setAside(reason: "\(error)")
      }
    }
    #expect(files == ["a.pcap", "b.pcap", "c.pcap"])
    #expect(scratch.names("quarantine/captured").count == 6)
  }

  @Test func `an empty file is no bytes`() throws {
    try scratch.outbox(.captured).hand("empty")
    let inbox = try Inbox(scratch.spool, .captured)
    let claim = try inbox.next()
    let count = try claim.withBytes { $0.count }
    #expect(count == 0)
    try claim.finish()
  }

  @Test func `a file that went before it was claimed is passed over`() throws {
    let outbox = try scratch.outbox(.captured)
    for number in 1...3 { try outbox.hand("\(segment(number))") }
    let inbox = try Inbox(scratch.spool, .captured)
    _ = try outbox.dropOldest()
    #expect(try claimAll(inbox).count == 2)
  }

  @Test(.enabled(if: eventLimit <= 1 << 16, "inotify's queue is too long to overflow here"))
  func `an overflow of inotify's queue loses no file`() throws {
    let inbox = try Inbox(scratch.spool, .benign)
    let outbox = try scratch.outbox(.benign)
    let count = Self.eventLimit + 500
    for number in (1...count).reversed() { try outbox.hand("\(segment(number))") }
    let files = try claimAll(inbox)
    #expect(files.count == count)
    #expect(files == files.sorted())
  }

  private static let eventLimit: Int = {
    guard let file = fopen("/proc/sys/fs/inotify/max_queued_events", "r") else { return .max }
    defer { fclose(file) }
    var digits = [CChar](repeating: 0, count: 32)
    guard fgets(&digits, 32, file) != nil else { return .max }
    return Int(atol(digits))
  }()
}
