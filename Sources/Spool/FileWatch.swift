/// Tells when one file outside the spool was written or replaced, by watching its folder.
///
/// A class: the loop keeps several in a list.
public final class FileWatch {
  /// The file.
  public let path: String
  private let name: String
  private let watch: FolderWatch

  /// Watches `path`; the file need not exist, its folder must.
  public init(_ path: String) throws(SpoolError) {
    self.path = path
    let cut = path.lastIndex(of: "/")
    name = cut.map { String(path[path.index(after: $0)...]) } ?? path
    let folder = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    watch = try FolderWatch(Descriptor.open(folder, Descriptor.folderFlags), .changes)
  }

  /// For `poll`.
  public var pollDescriptor: CInt { watch.pollDescriptor }

  /// Whether it changed since the last call; never waits.
  public func takeChange() throws(SpoolError) -> Bool {
    try watch.events().contains { $0 == .overflow || $0 == .name(name) }
  }
}
