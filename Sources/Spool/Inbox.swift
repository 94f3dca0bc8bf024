import Glibc

/// A queue as its consumer sees it: the lock, the names that wait, claiming.
///
/// A class: a stage keeps several in a list, and the lock must fall exactly once.
public final class Inbox {
  /// Which queue.
  public let queue: Queue
  private var deaths: Deaths  // holds the lock
  let new: Descriptor
  let cur: Descriptor
  let quarantine: Descriptor
  private let arrivals: FolderWatch
  private var waiting: [Place] = []  // last first
  private var archive: Archive?

  /// Takes the queue: locks it, puts back what an earlier life had claimed, watches, and looks once.
  ///
  /// - Parameter archive: the bound in bytes of what is kept of finished input; nil keeps nothing.
  /// - Throws: ``SpoolError``; ``SpoolError/isLocked`` if another process has the queue.
  public init(_ spool: SpoolDirectory, _ queue: Queue, archive: Int? = nil) throws(SpoolError) {
    self.queue = queue
    let folder = try spool.folder(queue.rawValue)
    _ = try folder.folder("tmp")
    new = try folder.folder("new")
    cur = try folder.folder("cur")
    quarantine = try spool.folder("quarantine", queue.rawValue)
    let lock = try folder.open("lock", O_RDWR | O_CREAT)
    try lock.lock()
    try lock.inheritOwner(of: folder)
    deaths = try Deaths(lock)
    if let archive {
      self.archive = try Archive(
        spool.folder("archive", queue.rawValue), of: queue, limit: archive)
    }
    arrivals = try FolderWatch(new, .arrivals)
    try recover()
    try look()
  }

  /// Puts back what an earlier life had claimed, or sets it aside if it killed one too many.
  private func recover() throws(SpoolError) {
    let names = try cur.names()
    var counts: [String: Int] = [:]
    for name in names { counts[name] = deaths.add(name) }
    try deaths.save()
    for name in names {
      if let count = counts[name], count >= Deaths.limit {
        try setAside(name, reason: "the stage died \(count) times in a row while it worked on this")
      } else {
        _ = try cur.rename(name, to: new, as: name)
      }
    }
  }

  /// For `poll`: readable when a file arrived.
  public var pollDescriptor: CInt { arrivals.pollDescriptor }

  /// Claims the first waiting file, by name, or in `captured` by number; nil if none waits.
  public func claim() throws(SpoolError) -> Claim? {
    try takeEvents()
    while let name = waiting.popLast()?.fileName {
      if try new.rename(name, to: cur, as: name) { return Claim(name, self) }
    }
    return nil
  }

  private func takeEvents() throws(SpoolError) {
    for event in try arrivals.events() {
      switch event {
      case .name(let name): insert(name)
      case .overflow: try look()
      }
    }
  }

  private func look() throws(SpoolError) {
    waiting = try new.names().map { Place($0, in: queue) }
    waiting.sort(by: >)
  }

  /// Keeps ``waiting`` in order and free of doubles.
  private func insert(_ name: String) {
    guard !name.hasPrefix(".") else { return }
    let place = Place(name, in: queue)
    var low = 0
    var high = waiting.count
    while low < high {
      let middle = (low + high) / 2
      if waiting[middle] > place { low = middle + 1 } else { high = middle }
    }
    if low == waiting.count || waiting[low] != place { waiting.insert(place, at: low) }
  }

  // MARK: What is kept

  /// The names of the finished input that is kept, in the order in which it was claimed.
  public var kept: [String] { archive?.names ?? [] }

  /// Calls `body` with the bytes of a file that is ``kept``, mapped into memory.
  ///
  /// - Throws: ``SpoolError`` if it cannot be read, or what `body` throws.
  public func withKept(_ name: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard let file = try archive?.open(name) else { return }
    try mapped(file, body)
  }

  /// Notes that what is kept is about to be read again, lest it kill every life at its start.
  ///
  /// - Returns: false if three lives in a row died at it: this one should do without.
  public func beginRecall() throws(SpoolError) -> Bool { try deaths.beginRecall() }

  /// Notes that this life survived it.
  public func endRecall() throws(SpoolError) { try deaths.endRecall() }

  // MARK: The ends of a claim

  func finish(_ name: String, keep: Bool) throws(SpoolError) {
    if archive == nil || !keep {
      try cur.remove(name)
    } else {
      try archive?.take(name, from: cur)
    }
  }

  func setAside(_ name: String, reason: String) throws(SpoolError) {
    let note = try quarantine.open("\(name).reason", O_WRONLY | O_CREAT | O_TRUNC)
    try note.write(text: "\(reason)\n")
    _ = try cur.rename(name, to: quarantine, as: name)
  }

  func putBack(_ name: String) {
    _ = try? cur.rename(name, to: new, as: name)
    insert(name)
  }
}
