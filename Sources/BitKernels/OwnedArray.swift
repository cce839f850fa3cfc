/// Values that cannot be copied, in a row: `Array` holds only what can be.
@safe
@usableFromInline
package struct OwnedArray<Element: ~Copyable>: ~Copyable {
  /// Invariant: `count` initialized elements in memory for `capacity`.
  @usableFromInline var start: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  /// The number of values.
  @usableFromInline package private(set) var count = 0

  /// An empty array.
  ///
  /// - Parameter capacity: the values it can take before it moves.
  @inlinable
  package init(capacity: Int = 4) {
    unsafe start = .allocate(capacity: max(1, capacity))
    self.capacity = max(1, capacity)
  }

  @inlinable
  deinit {
    unsafe start.deinitialize(count: count)
    unsafe start.deallocate()
  }

  /// Adds a value at the end.
  @usableFromInline
  package mutating func append(_ element: consuming Element) {
    if count == capacity {
      let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
      unsafe larger.moveInitialize(from: start, count: count)
      unsafe start.deallocate()
      unsafe start = larger
      capacity *= 2
    }
    unsafe (start + count).initialize(to: element)
    count += 1
  }

  /// One value, in place.
  @inlinable
  package subscript(index: Int) -> Element {
    _read {
      precondition(index >= 0 && index < count, "an array has no such place")
      yield unsafe start[index]
    }
    _modify {
      precondition(index >= 0 && index < count, "an array has no such place")
      yield unsafe &start[index]
    }
  }
}
