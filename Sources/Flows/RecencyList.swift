/// The links that keep a table's entries in the order they were last used: one or more lists over
/// the same entries, each entry in at most one of them.
struct RecencyList: ~Copyable {
  private struct Links: BitwiseCopyable {
    var newer: Int32 = -1
    var older: Int32 = -1
  }

  private let links: UnsafeMutablePointer<Links>
  private var newest: [Int32]
  private var oldest: [Int32]

  init(capacity: Int, lists: Int = 1) {
    links = .allocate(capacity: capacity)
    newest = Array(repeating: -1, count: lists)
    oldest = newest
  }

  deinit { links.deallocate() }

  /// The entry of `list` that was not used for longest; nil if the list is empty.
  func oldest(in list: Int = 0) -> Int32? { oldest[list] < 0 ? nil : oldest[list] }

  /// Puts an entry that is in no list at the recent end of `list`.
  mutating func append(_ index: Int32, to list: Int = 0) {
    links[Int(index)] = Links(newer: -1, older: newest[list])
    if newest[list] >= 0 { links[Int(newest[list])].newer = index } else { oldest[list] = index }
    newest[list] = index
  }

  /// Takes an entry out of `list`.
  mutating func remove(_ index: Int32, from list: Int = 0) {
    let link = links[Int(index)]
    if link.newer >= 0 {
      links[Int(link.newer)].older = link.older
    } else {
      newest[list] = link.older
    }
    if link.older >= 0 {
      links[Int(link.older)].newer = link.newer
    } else {
      oldest[list] = link.newer
    }
  }

  /// Moves an entry to the recent end of `list`.
  mutating func touch(_ index: Int32, in list: Int = 0) {
    guard newest[list] != index else { return }
    remove(index, from: list)
    append(index, to: list)
  }
}
