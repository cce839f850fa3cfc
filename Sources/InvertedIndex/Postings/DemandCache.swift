import IndexStorage

/// What is kept in memory of the frequent words of one segment: made when it has been asked for often enough, kept while there is
/// room, least used first to go.
///
/// A word's form in memory costs as much to make as many look-ups in its list. It is made once as much was asked for as pays for it,
/// so that at worst a search costs twice what it would without ("ski rental", Karlin, Manasse, Rudolph & Sleator 1988).
///
/// Concurrency: may be used from many threads at once.
final class DemandCache<Value: AnyObject & Sendable>: Sendable {
  /// A class, so that a look-up is one search of the dictionary; reached only while the lock is held.
  private final class Slot {
    var value: Value?
    var byteCount = 0
    var lastUse = 0
    /// What was asked for before there was a value.
    var demand = 0
  }

  private struct State {
    var slots: [Int: Slot] = [:]
    var byteCount = 0
    private var clock = 0

    /// The slot of a list, which is used now; a new one where there is none.
    mutating func use(_ key: Int) -> Slot {
      clock += 1
      let slot: Slot
      if let known = slots[key] {
        slot = known
      } else {
        slot = Slot()
        slots[key] = slot
      }
      slot.lastUse = clock
      return slot
    }
  }

  /// The bytes that all values may take.
  private let capacity: Int
  private let state = Guarded<State>(State())

  init(capacity: Int) { self.capacity = capacity }

  /// The value of a list, where it is there.
  func known(at key: Int) -> Value? {
    state.withValue { state in
      state.slots[key]?.value == nil ? nil : state.use(key).value
    }
  }

  /// The value of a list; nil where it was not asked for often enough.
  ///
  /// - Parameters:
  ///   - key: the place of the list.
  ///   - byteCount: about what the value takes; it is not made where that is more than there is room for.
  ///   - demand: what is asked for now.
  ///   - price: what is to have been asked for before, so that it is worth making.
  func value(
    at key: Int, byteCount: Int, demand: Int, price: Int, make: () throws(StorageError) -> (value: Value, byteCount: Int)
  ) throws(StorageError) -> Value? {
    guard byteCount <= capacity else { return nil }
    let (value, isWorthMaking) = state.withValue { state in
      let slot = state.use(key)
      if let value = slot.value { return (value as Value?, false) }
      let isWorthMaking = slot.demand >= price
      slot.demand += demand
      return (nil, isWorthMaking)
    }
    guard isWorthMaking else { return value }
    let made = try make()
    state.withValue { keep(made.value, made.byteCount, at: key, &$0) }
    return made.value
  }

  private func keep(_ value: Value, _ byteCount: Int, at key: Int, _ state: inout State) {
    let slot = state.use(key)
    state.byteCount += byteCount - slot.byteCount
    slot.byteCount = byteCount
    slot.value = value
    while state.byteCount > capacity {
      let oldest = state.slots.filter { $0.value.value != nil }.min { $0.value.lastUse < $1.value.lastUse }
      guard let oldest else { return }
      state.slots[oldest.key] = nil
      state.byteCount -= oldest.value.byteCount
    }
  }
}
