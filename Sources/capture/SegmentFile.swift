import Glibc

/// How many packets a segment's file on disk holds; 0 if it cannot be read.
func countPackets(inFile path: String) -> Int {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return 0 }
  defer { close(file) }
  var status = stat()
  guard fstat(file, &status) == 0, status.st_size > 0 else { return 0 }
  let size = Int(status.st_size)
  guard let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), memory != MAP_FAILED
  else { return 0 }
  defer { munmap(memory, size) }
  return countPackets(in: UnsafeRawBufferPointer(start: memory, count: size))
}

/// Walks the packets' headers of a pcap file in this machine's byte order.
private func countPackets(in bytes: UnsafeRawBufferPointer) -> Int {
  var offset = SegmentBuilder.fileHeader
  var count = 0
  while offset + SegmentBuilder.packetHeader <= bytes.count {
    offset += SegmentBuilder.packetHeader
    offset += Int(
      bytes.loadUnaligned(fromByteOffset: offset - 8, as: UInt32.self))
    count += 1
  }
  return count
}
