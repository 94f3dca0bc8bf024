/// A dictionary with a fixed number of entries: a new key in a full table takes the place of the
/// one that was not touched for longest. Every operation is O(1).
struct BoundedTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Slot {
    var key: Key
    var value: Value
    var older: Int
    var newer: Int
  }

  private let capacity: Int
  private var slots: [Slot] = []
  private var places: [Key: Int] = [:]
  private var oldest = -1
  private var newest = -1
  private(set) var evicted = 0

  init(capacity: Int) { self.capacity = max(1, capacity) }

  var count: Int { places.count }

  mutating func update<Result>(
    _ key: Key, default initial: @autoclosure () -> Value, _ body: (inout Value) -> Result
  ) -> Result {
    let index = place(of: key) ?? makePlace(for: key, initial())
    return body(&slots[index].value)
  }

  mutating func remove(_ key: Key) {
    guard let index = places.removeValue(forKey: key) else { return }
    unlink(index)
    let last = slots.count - 1
    if index != last { move(last, to: index) }
    slots.removeLast()
  }

  private mutating func place(of key: Key) -> Int? {
    guard let index = places[key] else { return nil }
    if index != newest {
      unlink(index)
      link(index)
    }
    return index
  }

  private mutating func makePlace(for key: Key, _ value: Value) -> Int {
    if slots.count == capacity {
      evicted += 1
      remove(slots[oldest].key)
    }
    slots.append(Slot(key: key, value: value, older: -1, newer: -1))
    places[key] = slots.count - 1
    link(slots.count - 1)
    return slots.count - 1
  }

  private mutating func link(_ index: Int) {
    slots[index].older = newest
    slots[index].newer = -1
    if newest >= 0 { slots[newest].newer = index } else { oldest = index }
    newest = index
  }

  private mutating func unlink(_ index: Int) {
    let (older, newer) = (slots[index].older, slots[index].newer)
    if older >= 0 { slots[older].newer = newer } else { oldest = newer }
    if newer >= 0 { slots[newer].older = older } else { newest = older }
  }

  private mutating func move(_ from: Int, to index: Int) {
    slots[index] = slots[from]
    let (older, newer) = (slots[index].older, slots[index].newer)
    if older >= 0 { slots[older].newer = index } else { oldest = index }
    if newer >= 0 { slots[newer].older = index } else { newest = index }
    places[slots[index].key] = index
  }
}
