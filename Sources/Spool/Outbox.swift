import Glibc

/// A queue as its producer sees it: drafts, publishing, and the bound.
///
/// A class: a stage keeps several in a list, each with a draft under way.
public final class Outbox {
  /// Which queue.
  public let queue: Queue
  /// The most that may wait in it.
  public let limits: Limits
  private let tmp: Descriptor
  private let new: Descriptor
  private let departures: FolderWatch
  private var draft: Draft?
  /// An upper bound of what waits: what was there at the last look and all published since.
  private var waiting = SpoolDirectory.Tally()
  private var hasLooked = false

  /// Opens the queue for writing and removes what an earlier life of `producer` left in `tmp/`. A
  /// queue with one producer is locked against a second one, whose drafts would be taken for
  /// leftovers.
  ///
  /// - Parameters:
  ///   - limits: the bound; the queue's own if nil.
  ///   - producer: the only writer's name, or, in ``Queue/notices`` and ``Queue/orders``, where
  ///     many write, the one whose drafts end in it.
  public init(
    _ spool: SpoolDirectory, _ queue: Queue, limits: Limits? = nil, producer: String
  ) throws(SpoolError) {
    self.queue = queue
    self.limits = limits ?? queue.limits
    let folder = try spool.folder(queue.rawValue)
    tmp = try folder.folder("tmp")
    new = try folder.folder("new")
    _ = try folder.folder("cur")
    departures = try FolderWatch(new, .departures)
    let isShared = queue == .notices || queue == .orders
    if !isShared { try tmp.lock() }
    for name in try tmp.names() where !isShared || isDraft(name, of: producer) {
      try tmp.remove(name)
    }
  }

  deinit {
    abandon()  // while `tmp` is open
    tmp.unlock()
  }

  /// Whether the speaker in a file's name is `producer`.
  private func isDraft(_ fileName: String, of producer: String) -> Bool {
    SegmentName(fileName)?.sensor.hasSuffix(".\(producer)")
      ?? fileName.hasSuffix(".\(producer).\(queue.fileExtension)")
  }

  // MARK: Writing

  /// Begins a draft; one under way is given up.
  public func begin(_ name: String) throws(SpoolError) {
    draft = nil
    draft = try Draft("\(name).\(queue.fileExtension)", in: tmp)
  }

  /// Whether a draft is under way.
  public var isWriting: Bool { draft != nil }

  /// Appends to the draft under way.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(SpoolError) {
    try draft?.write(bytes)
  }

  /// Publishes the draft under way: one `rename`. A waiting file of the same name is replaced.
  public func publish() throws(SpoolError) {
    guard let ready = draft.take() else { return }
    let size = ready.size
    try ready.publish(to: new)
    waiting.files += 1
    waiting.bytes += size
  }

  /// Removes the draft under way.
  public func abandon() { draft = nil }

  // MARK: The bound

  /// Whether another file may be published. Looks at the folder only when the last look and what
  /// was published since would fill it.
  public func hasRoom() throws(SpoolError) -> Bool {
    if hasLooked, waiting.files < limits.files, waiting.bytes < limits.bytes { return true }
    _ = try departures.events()
    waiting = try SpoolDirectory.Tally(of: new)
    hasLooked = true
    return waiting.files < limits.files && waiting.bytes < limits.bytes
  }

  /// For `poll`: readable when a file left a queue that ``hasRoom()`` called full.
  public var roomDescriptor: CInt { departures.pollDescriptor }

  /// Removes the oldest waiting file, for a producer that cannot wait.
  ///
  /// - Parameter willRemove: called with the path of the file before it goes, to count its loss.
  /// - Returns: its name and size; nil if nothing waits.
  public func dropOldest(
    _ willRemove: (_ path: String) -> Void = { _ in }
  ) throws(SpoolError) -> (name: String, bytes: Int)? {
    var places = try new.names().map { Place($0, in: queue) }
    places.sort(by: >)
    while let name = places.popLast()?.fileName {
      guard let size = new.size(of: name) else { continue }
      willRemove("/proc/self/fd/\(new.number)/\(name)")
      guard try new.remove(name) else { continue }
      hasLooked = false
      return (name, size)
    }
    return nil
  }
}
