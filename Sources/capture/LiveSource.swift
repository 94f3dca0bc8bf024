import CPcap
import Glibc
import Logging
import Stage

/// Opens an interface. While it is down, sleeps until the kernel tells of a change.
///
/// - Parameter signals: what ends the wait; nil not to wait at all.
/// - Returns: nil if a signal came first.
/// - Throws: ``Failure``: noInput if there is no such interface, notPermitted, usage for the filter,
///   tryAgain if it is down and `signals` is nil.
func openInterface(
  _ name: String, _ plan: Plan, _ signals: Signals?, _ logger: Logger
) throws -> PacketHandle? {
  let links = try LinkWatch()
  while true {
    if let handle = try activate(name, plan, logger) { return handle }
    guard let signals else {
      throw Failure(.tryAgain, "unable to capture on \(name): the interface is down")
    }
    logger.notice("the interface is down, waiting", metadata: ["interface": "\(name)"])
    // To try would itself change the interface's flags, and so wake us again.
    while links.isDown(name) {
      sleepUntilReadable([signals.pollDescriptor, links.pollDescriptor])
      links.take()
      signals.take()
      if signals.stopRequested { return nil }
    }
  }
}

/// nil if the interface is down.
private func activate(_ name: String, _ plan: Plan, _ logger: Logger) throws -> PacketHandle? {
  var words = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
  guard let pointer = pcap_create(name, &words) else {
    let cause = words.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    throw Failure(.noInput, "unable to capture on \(name): \(cause)")
  }
  let handle = PacketHandle(pointer, snapLength: plan.snapLength)
  pcap_set_snaplen(pointer, CInt(plan.snapLength))
  pcap_set_promisc(pointer, plan.promiscuous && name != "any" ? 1 : 0)
  pcap_set_buffer_size(pointer, CInt(plan.buffer << 20))
  pcap_set_timeout(pointer, CInt(plan.blockTimeout))
  pcap_set_immediate_mode(pointer, 0)
  let status = pcap_activate(pointer)
  if status == PCAP_ERROR_IFACE_NOT_UP { return nil }
  if status < 0 { throw failure(status, name, handle.message) }
  if status > 0 {
    logger.warning(
      "the interface refuses something",
      metadata: ["interface": "\(name)", "cause": "\(String(cString: pcap_statustostr(status)))"])
  }
  guard pcap_setnonblock(pointer, 1, &words) == 0,
    pcap_setdirection(pointer, plan.direction.constant) == 0
  else { throw Failure(.system, "unable to capture on \(name): \(handle.message)") }
  if !plan.filter.isEmpty { try handle.setFilter(plan.filter) }
  return handle
}

private func failure(_ status: CInt, _ name: String, _ detail: String) -> Failure {
  let text = String(cString: pcap_statustostr(status))
  switch status {
  case PCAP_ERROR_NO_SUCH_DEVICE:
    return Failure(.noInput, "unable to capture on \(name): there is no such interface")
  case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED:
    return Failure(
      .notPermitted, "unable to capture on \(name): not permitted; root or CAP_NET_RAW is needed")
  default:
    return Failure(.system, "unable to capture on \(name): \(detail.isEmpty ? text : detail)")
  }
}

extension Direction {
  fileprivate var constant: pcap_direction_t {
    switch self {
    case .in: PCAP_D_IN
    case .out: PCAP_D_OUT
    case .both: PCAP_D_INOUT
    }
  }
}
