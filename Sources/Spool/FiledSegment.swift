import Glibc

extension SpoolDirectory {
  /// Calls `body` with the bytes of a segment that `report` has filed and keeps, or is yet to file.
  /// Makes nothing and claims nothing.
  ///
  /// - Returns: nil if it is not there: never was, or is no longer kept.
  /// - Throws: ``SpoolError`` if it cannot be read, or what `body` throws.
  public func withFiled<Result>(
    _ name: SegmentName, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result? {
    // The way a file goes, so that one on its way is met; twice, since a restart puts it back.
    for _ in 1...2 {
      for queue in [Queue.mitigated, .benign] {
        let file = name.fileName(in: queue)
        for folder in ["\(queue)/new", "\(queue)/cur", "archive/\(queue)"] {
          if let found = try openFiled("\(folder)/\(file)") { return try mapped(found, body) }
        }
      }
    }
    return nil
  }

  private func openFiled(_ path: String) throws(SpoolError) -> Descriptor? {
    do throws(SpoolError) {
      return try root.openInput(path)
    } catch  where error.code == ENOENT {
      return nil
    }
  }
}
