import Spool
import Tables
import Time

/// What was lost and why: told once a second at most, and summed up for the end.
struct Losses {
  /// One kind of loss.
  struct Count {
    /// Segments; 0 for the kernel's.
    var files = 0
    var packets = 0
    /// Bytes of the segments; 0 for the kernel's, who does not say.
    var bytes = 0
    /// Of what it was lost: the interface, or the segment that was lost last.
    var subject = ""
  }

  /// What the kernel dropped because its buffer was full.
  private(set) var kernel = Count()
  /// What was dropped because the queue was full.
  private(set) var spool = Count()
  private var toldKernel = Count()
  private var toldSpool = Count()
  private var lastTold: Timestamp?

  /// Microseconds between two notices.
  static let interval: Int64 = 1_000_000

  /// The kernel's count, from 0 at the start.
  mutating func setKernel(packets: Int, interface: String) {
    kernel.packets = packets
    kernel.subject = interface
  }

  /// A segment was dropped.
  mutating func addSegment(_ name: String, packets: Int, bytes: Int) {
    spool.files += 1
    spool.packets += packets
    spool.bytes += bytes
    spool.subject = name
  }

  /// Whether something was lost that nobody was told of.
  var areUntold: Bool {
    kernel.packets != toldKernel.packets || spool.files != toldSpool.files
  }

  /// When to tell of it; nil if there is nothing to tell.
  func due(_ now: Timestamp) -> Timestamp? {
    guard areUntold else { return nil }
    guard let lastTold, lastTold <= now else { return now }
    return lastTold.advanced(by: Self.interval)
  }

  /// Puts the telling off, when there is no room for it.
  mutating func putOff(_ now: Timestamp) { lastTold = now }

  /// The table of what was lost since the last call.
  mutating func tell(_ now: Timestamp) -> RowWriter {
    var rows = RowWriter(header: .notice)
    var number = 1
    func row(_ kind: String, _ subject: String, _ packets: Int, _ bytes: Int, _ text: String) {
      rows.cell(number)
      rows.cell(now)
      rows.cell("capture")
      rows.cell(kind)
      rows.cell(subject)
      rows.cell(packets)
      rows.cell(bytes)
      rows.cell(text)
      rows.endRow()
      number += 1
    }
    if kernel.packets != toldKernel.packets {
      row(
        "kernel_drop", kernel.subject, kernel.packets - toldKernel.packets, 0,
        "the kernel's buffer was full: packets came quicker than they were taken")
    }
    if spool.files != toldSpool.files {
      row(
        "spool_drop", spool.subject, spool.packets - toldSpool.packets,
        spool.bytes - toldSpool.bytes,
        "the queue was full: oldest first, segments dropped: \(spool.files - toldSpool.files)")
    }
    toldKernel = kernel
    toldSpool = spool
    lastTold = now
    return rows
  }
}
