import Glibc
import Spool
import TestSupport
import Time

/// A spool of its own that goes away with the test.
final class Scratch {
  let folder: TemporaryFolder
  let spool: SpoolDirectory
  var path: String { folder.path }

  init(_ folder: TemporaryFolder) throws {
    self.folder = folder
    spool = try SpoolDirectory(folder.path)
  }

  convenience init() throws { try self.init(TemporaryFolder()) }

  /// Another's spool, seen from another process.
  convenience init(borrowing path: String) throws {
    try self.init(TemporaryFolder(borrowing: path))
  }

  func names(_ below: String) -> [String] { folder.names(below) }
  func bytes(_ file: String) -> [UInt8]? { folder.bytes(file) }
  func text(_ file: String) -> String? { folder.text(file) }
  func put(_ file: String, _ text: String = "") { folder.put(file, text) }
  func move(_ file: String, to other: String) { folder.move(file, to: other) }

  /// An Outbox that is taken for the only producer of its queue.
  func outbox(
    _ queue: Queue, limits: Limits? = nil, producer: String = "test"
  ) throws -> Outbox {
    try Outbox(spool, queue, limits: limits, producer: producer)
  }
}

extension Outbox {
  /// Writes and publishes a whole file.
  func hand(_ name: String, _ text: String = "") throws {
    try hand(name, Array(text.utf8))
  }

  func hand(_ name: String, _ bytes: [UInt8]) throws {
    try begin(name)
    try bytes.withUnsafeBytes { try write($0) }
    try publish()
  }
}

/// The name of the `number`-th segment.
func segment(_ number: Int, end: Bool = false) -> SegmentName {
  let time = Timestamp(seconds: 1_746_493_740 + Int64(number))
  return SegmentName(
    first: time, clock: time, sensor: "room12", sequence: UInt64(number), isEnd: end)
}

/// Claims everything that waits and ends each claim with `end`; the names, in that order.
func claimAll(
  _ inbox: Inbox, _ end: (consuming Claim) throws -> Void = { try $0.finish() }
) throws -> [String] {
  var names: [String] = []
  while let claim = try inbox.claim() {
    names.append(claim.fileName)
    try end(claim)
  }
  return names
}

/// Waits until a descriptor is readable, three minutes at most.
func becomesReadable(_ descriptor: CInt, milliseconds: CInt = 180_000) -> Bool {
  var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return poll(&entry, 1, milliseconds) == 1
}

/// There was a file to claim, but the queue says there is none.
struct NothingWaits: Error {}

extension Inbox {
  /// The next claim, which must be there.
  func next() throws -> Claim {
    guard let claim = try claim() else { throw NothingWaits() }
    return claim
  }
}
