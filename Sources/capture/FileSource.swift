import CPcap
import Glibc
import Stage
import Time

/// Opens a pcap or pcapng file; `-` is standard input.
///
/// - Throws: ``Failure``: noInput if there is no such file, data if it is not a capture, usage if
///   the filter is not understood.
func openFile(_ path: String, _ plan: Plan) throws -> PacketHandle {
  if path != "-", access(path, R_OK) != 0 {
    throw Failure(
      errno == EACCES ? .notPermitted : .noInput,
      "unable to read \(path): \(String(cString: strerror(errno)))")
  }
  var words = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
  guard
    let pointer = pcap_open_offline_with_tstamp_precision(
      path, UInt32(PCAP_TSTAMP_PRECISION_MICRO), &words)
  else {
    let cause = words.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    throw Failure(.data, "unable to read \(path): \(cause)")
  }
  let handle = PacketHandle(pointer, snapLength: plan.snapLength)
  if !plan.filter.isEmpty { try handle.setFilter(plan.filter) }
  return handle
}

/// Copies a file's packets, filtered and shortened, into one pcap file; no spool is needed.
///
/// - Throws: ``Failure`` (data) after what was whole, if the file is broken.
func copy(_ path: String, to target: String, _ plan: Plan) throws {
  let handle = try openFile(path, plan)
  let output = target == "-" ? 1 : open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
  guard output >= 0 else {
    throw Failure(.cannotCreate, "unable to open \(target): \(String(cString: strerror(errno)))")
  }
  try dropPrivileges(to: nil)
  let rules = SegmentBuilder.Rules(cell: .max, packets: .max, bytes: 1 << 20)
  var builder = SegmentBuilder(
    rules: rules, linkType: handle.linkType, snapLength: handle.snapLength)
  var headerLength = 0
  func append(_ segment: Segment) throws {
    try write(segment.bytes[headerLength...], to: output, named: target)
    headerLength = SegmentBuilder.fileHeader
  }
  do {
    while case .packet(let packet) = try handle.next() {
      if let segment = builder.cut(before: packet) { try append(segment) }
      builder.add(packet)
    }
  } catch let failure as PacketFailure {
    try append(builder.cutRest() ?? builder.cut(at: .init(microseconds: 0)))
    throw Failure(.data, "unable to read \(path): \(failure.message)")
  }
  try append(builder.cutRest() ?? builder.cut(at: .init(microseconds: 0)))
}

private func write(
  _ bytes: Slice<UnsafeRawBufferPointer>, to descriptor: CInt, named target: String
) throws {
  var rest = UnsafeRawBufferPointer(rebasing: bytes)
  while !rest.isEmpty {
    let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else {
      throw Failure(.io, "unable to write \(target): \(String(cString: strerror(errno)))")
    }
    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
  }
}
