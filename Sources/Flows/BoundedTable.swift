/// A hash table of at most `capacity` entries in fixed memory; entries stay at their index while
/// they live, and callers choose whom to remove when it is full.
///
/// Open addressing with linear probing and backward-shift deletion. The index holds 32 bits of the
/// hash beside each entry's number: a miss rarely touches an entry, a removal none but its own.
/// Memory of entries that were never used is never touched.
struct BoundedTable<Key: TableKey, Value: BitwiseCopyable>: ~Copyable {
  let capacity: Int
  private(set) var count = 0
  private let slots: UnsafeMutablePointer<UInt64>  // low hash << 32 | entry + 1; 0 is free
  private let mask: Int
  private let keys: UnsafeMutablePointer<Key>
  private let values: UnsafeMutablePointer<Value>
  private let free: UnsafeMutablePointer<Int32>
  private let isLive: UnsafeMutablePointer<Bool>
  private var freeCount = 0
  private var used = 0
  private let seed: UInt64

  /// A table for `capacity` entries, 1 to 2³⁰.
  init(capacity: Int) {
    precondition(capacity > 0 && capacity <= 1 << 30)
    seed = .random(in: 0...(.max))
    self.capacity = capacity
    var size = 16
    while size < capacity * 2 { size <<= 1 }
    mask = size - 1
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
    keys = .allocate(capacity: capacity)
    values = .allocate(capacity: capacity)
    free = .allocate(capacity: capacity)
    isLive = .allocate(capacity: capacity)
  }

  deinit {
    slots.deallocate()
    keys.deallocate()
    values.deallocate()
    free.deallocate()
    isLive.deallocate()
  }

  var isFull: Bool { count == capacity }

  /// The entry's value, in place.
  subscript(index: Int32) -> UnsafeMutablePointer<Value> { values + Int(index) }

  /// Whether the entry at `index` is `key`'s.
  @inline(__always) func holds(_ key: Key, at index: Int32) -> Bool {
    index >= 0 && index < used && isLive[Int(index)] && keys[Int(index)] == key
  }

  /// The index of `key`'s entry; nil if there is none.
  @inline(__always) func find(_ key: Key) -> Int32? {
    let tag = UInt32(truncatingIfNeeded: key.hash(seed))
    var slot = Int(tag) & mask
    while slots[slot] != 0 {
      if UInt32(truncatingIfNeeded: slots[slot] >> 32) == tag {
        let index = entry(slot)
        if keys[Int(index)] == key { return index }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  @inline(__always) private func entry(_ slot: Int) -> Int32 {
    Int32(truncatingIfNeeded: slots[slot]) &- 1
  }

  /// Adds an entry for a key that is not there, with a value yet to be made; the table must not be
  /// full.
  mutating func insert(_ key: Key) -> Int32 {
    precondition(!isFull)
    let index: Int32
    if freeCount > 0 {
      freeCount -= 1
      index = free[freeCount]
    } else {
      index = Int32(used)
      used += 1
    }
    (keys + Int(index)).initialize(to: key)
    (isLive + Int(index)).initialize(to: true)
    let tag = UInt32(truncatingIfNeeded: key.hash(seed))
    var slot = Int(tag) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt64(tag) << 32 | UInt64(UInt32(bitPattern: index &+ 1))
    count += 1
    return index
  }

  /// Removes the entry at `index`.
  mutating func remove(_ index: Int32) {
    var slot = Int(UInt32(truncatingIfNeeded: keys[Int(index)].hash(seed))) & mask
    while entry(slot) != index { slot = (slot + 1) & mask }
    isLive[Int(index)] = false
    free[freeCount] = index
    freeCount += 1
    count -= 1
    var next = (slot + 1) & mask
    while slots[next] != 0 {
      let home = Int(slots[next] >> 32) & mask
      if (next - home) & mask >= (next - slot) & mask {
        slots[slot] = slots[next]
        slot = next
      }
      next = (next + 1) & mask
    }
    slots[slot] = 0
  }

  /// Removes all entries.
  mutating func removeAll() {
    if count > mask / 16 {
      slots.update(repeating: 0, count: mask + 1)
    } else {
      for index in 0..<Int32(used) where isLive[Int(index)] { remove(index) }
    }
    (count, used, freeCount) = (0, 0, 0)
  }
}
