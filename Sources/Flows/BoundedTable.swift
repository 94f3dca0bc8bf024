/// A hash table of at most `capacity` entries in fixed memory; entries stay at their index while
/// they live, and callers choose whom to remove when it is full.
///
/// Open addressing with linear probing and backward-shift deletion. The index holds 32 bits of the
/// hash beside each entry's number, so a miss rarely touches an entry. Memory of entries that were
/// never used is never touched.
struct BoundedTable<Key: TableKey, Value: BitwiseCopyable>: ~Copyable {
  let capacity: Int
  private(set) var count = 0
  private let slots: UnsafeMutablePointer<UInt64>  // hash << 32 | entry + 1; 0 is free
  private let mask: Int
  private let keys: UnsafeMutablePointer<Key>
  private let values: UnsafeMutablePointer<Value>
  private let free: UnsafeMutablePointer<Int32>
  private var freeCount = 0
  private var used = 0

  /// A table for `capacity` entries, 1 to 2³⁰.
  init(capacity: Int) {
    precondition(capacity > 0 && capacity <= 1 << 30)
    self.capacity = capacity
    var size = 16
    while size < capacity * 2 { size <<= 1 }
    mask = size - 1
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
    keys = .allocate(capacity: capacity)
    values = .allocate(capacity: capacity)
    free = .allocate(capacity: capacity)
  }

  deinit {
    slots.deallocate()
    keys.deallocate()
    values.deallocate()
    free.deallocate()
  }

  var isFull: Bool { count == capacity }

  /// The entry's value, in place.
  subscript(index: Int32) -> UnsafeMutablePointer<Value> { values + Int(index) }

  /// The entry's key.
  func key(at index: Int32) -> Key { keys[Int(index)] }

  /// The index of `key`'s entry; nil if there is none.
  func find(_ key: Key) -> Int32? {
    let hash = key.hash
    var slot = Int(truncatingIfNeeded: hash) & mask
    let tag = hash >> 32
    while slots[slot] != 0 {
      if slots[slot] >> 32 == tag {
        let index = Int32(truncatingIfNeeded: slots[slot]) &- 1
        if keys[Int(index)] == key { return index }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Adds an entry for a key that is not there; the table must not be full.
  mutating func insert(_ key: Key, _ value: Value) -> Int32 {
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
    (values + Int(index)).initialize(to: value)
    let hash = key.hash
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = (hash >> 32) << 32 | UInt64(UInt32(bitPattern: index &+ 1))
    count += 1
    return index
  }

  /// Removes the entry at `index`.
  mutating func remove(_ index: Int32) {
    var slot = Int(truncatingIfNeeded: keys[Int(index)].hash) & mask
    while Int32(truncatingIfNeeded: slots[slot]) != index &+ 1 { slot = (slot + 1) & mask }
    free[freeCount] = index
    freeCount += 1
    count -= 1
    var next = (slot + 1) & mask
    while slots[next] != 0 {
      let entry = Int(Int32(truncatingIfNeeded: slots[next]) &- 1)
      let home = Int(truncatingIfNeeded: keys[entry].hash) & mask
      if (next - home) & mask >= (next - slot) & mask {
        slots[slot] = slots[next]
        slot = next
      }
      next = (next + 1) & mask
    }
    slots[slot] = 0
  }
}
