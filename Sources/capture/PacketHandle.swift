import CPcap
import Glibc
import Stage
import Time

/// A libpcap handle, live or on a file, closed when it goes.
struct PacketHandle: ~Copyable {
  /// For the calls of libpcap that have no method here.
  let pointer: OpaquePointer
  /// At most so many bytes of a packet are handed on.
  let snapLength: Int

  init(_ pointer: OpaquePointer, snapLength: Int) {
    self.pointer = pointer
    self.snapLength = snapLength
  }

  deinit { pcap_close(pointer) }

  /// libpcap's words on what went wrong last.
  var message: String { String(cString: pcap_geterr(pointer)) }

  /// The link type's number for a file's header (pcap-linktype(7)).
  var linkType: UInt32 { UInt32(truncatingIfNeeded: pcap_datalink(pointer)) }

  /// The next packet. Throws libpcap's words: of a live handle when the interface went away, of a
  /// file when it is broken.
  borrowing func next() throws(PacketFailure) -> Reading {
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var bytes: UnsafePointer<UInt8>?
    switch pcap_next_ex(pointer, &header, &bytes) {
    case 1:
      guard let header = header?.pointee, let bytes else { return .nothing }
      let kept = min(Int(header.caplen), snapLength)
      return .packet(
        Packet(
          time: Timestamp(
            seconds: Int64(header.ts.tv_sec), microseconds: Int64(header.ts.tv_usec)),
          length: header.len,
          bytes: UnsafeRawBufferPointer(start: bytes, count: kept)))
    case 0: return .nothing
    case PCAP_ERROR_BREAK: return .end
    default: throw PacketFailure(message: message)
    }
  }

  /// Lets only packets through that match `filter` (pcap-filter(7)).
  borrowing func setFilter(_ filter: String) throws {
    var program = bpf_program()
    guard pcap_compile(pointer, &program, filter, 1, PCAP_NETMASK_UNKNOWN) == 0 else {
      throw Failure(.usage, "unable to understand filter \"\(filter)\": \(message)")
    }
    defer { pcap_freecode(&program) }
    guard pcap_setfilter(pointer, &program) == 0 else {
      throw Failure(.usage, "unable to use filter \"\(filter)\": \(message)")
    }
  }
}

/// libpcap's words on a handle that gives no more packets.
struct PacketFailure: Error {
  let message: String
}
