import FoundationEssentials
import Glibc
import Spool
import Time

/// A spool of its own that goes away with the test.
final class Scratch {
  let path: String
  let spool: SpoolDirectory
  private let isOwn: Bool

  init() throws {
    var template = Array("/tmp/ward-spool.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SpoolError("make", "/tmp/ward-spool", errno: errno)
    }
    path = String(decoding: template.dropLast().map(UInt8.init), as: UTF8.self)
    spool = try SpoolDirectory(path)
    isOwn = true
  }

  /// Another's spool, seen from another process.
  init(borrowing path: String) throws {
    self.path = path
    spool = try SpoolDirectory(path)
    isOwn = false
  }

  deinit { if isOwn { try? FileManager.default.removeItem(atPath: path) } }

  /// The names in a folder below the spool, in order; none if there is no such folder.
  func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
  }

  func bytes(_ file: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(path)/\(file)").map(Array.init)
  }

  func text(_ file: String) -> String? { bytes(file).map { String(decoding: $0, as: UTF8.self) } }

  /// Puts a file anywhere, by hand.
  func put(_ file: String, _ text: String = "") {
    _ = FileManager.default.createFile(atPath: "\(path)/\(file)", contents: Data(text.utf8))
  }

  func move(_ file: String, to other: String) {
    rename("\(path)/\(file)", "\(path)/\(other)")
  }

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
