/// Plain values in a row that grows, never copied and never shared.
///
/// `Array` would do, but it asks at every change whether somebody shares it, and as a property of a struct behind a reference at
/// every element: that took a twelfth of building.
@safe
@usableFromInline
package struct PlainBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// Invariant: memory for `capacity` elements, of which the first `count` are initialized.
  @usableFromInline var start: UnsafeMutablePointer<Element>
  /// The number of values that it can take without moving.
  @usableFromInline package private(set) var capacity: Int
  /// The number of values.
  @usableFromInline package private(set) var count = 0

  /// An empty buffer.
  ///
  /// - Parameter capacity: the values it can take before it moves.
  @inlinable
  package init(capacity: Int = 16) {
    unsafe start = .allocate(capacity: max(1, capacity))
    self.capacity = max(1, capacity)
  }

  /// A buffer full of one value.
  @inlinable
  package init(repeating value: Element, count: Int) {
    self.init(capacity: count)
    unsafe start.initialize(repeating: value, count: count)
    self.count = count
  }

  /// A buffer of so many values that mean nothing: each is to be written before it is read. Memory is claimed only as it is written
  /// to.
  @inlinable
  package init(unwritten count: Int) {
    self.init(capacity: count)
    self.count = count
  }

  @inlinable
  deinit { unsafe start.deallocate() }

  /// Whether there is no value.
  @inlinable package var isEmpty: Bool { count == 0 }

  /// Adds a value at the end.
  @inlinable
  package mutating func append(_ value: Element) {
    if count == capacity { grow(by: 1) }
    // Safe: there is room for one more.
    unsafe start[count] = value
    count &+= 1
  }

  /// Adds values at the end.
  @inlinable
  package mutating func append(contentsOf values: Span<Element>) {
    if capacity &- count < values.count { grow(by: values.count) }
    // Safe: there is room, and a span of another buffer does not overlap this one; one of this buffer cannot live while it changes.
    unsafe values.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { unsafe (start + count).update(from: first, count: source.count) }
    }
    count &+= values.count
  }

  /// Makes sure that so many more values fit without moving.
  @inlinable
  package mutating func reserve(_ additional: Int) {
    if capacity &- count < additional { grow(by: additional) }
  }

  /// Makes the number of values `count`; new ones are `value`.
  @inlinable
  package mutating func resize(to count: Int, repeating value: Element) {
    precondition(count >= 0, "a buffer cannot have fewer than no values")
    if count > self.count {
      reserve(count &- self.count)
      unsafe (start + self.count).initialize(repeating: value, count: count &- self.count)
    }
    self.count = count
  }

  /// Forgets the values and keeps the memory.
  @inlinable
  package mutating func removeAll() { count = 0 }

  /// All values.
  @inlinable
  package var span: Span<Element> {
    @_lifetime(borrow self)
    get { unsafe _overrideLifetime(Span(_unsafeStart: start, count: count), borrowing: self) }
  }

  /// All values, to be changed.
  @inlinable
  package var mutableSpan: MutableSpan<Element> {
    @_lifetime(&self)
    mutating get { unsafe _overrideLifetime(MutableSpan(_unsafeStart: start, count: count), mutating: &self) }
  }

  /// One value.
  @inlinable
  package subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "a buffer has no such place")
      return unsafe start[index]
    }
    set {
      precondition(index >= 0 && index < count, "a buffer has no such place")
      unsafe start[index] = newValue
    }
  }

  @inline(never)
  @usableFromInline
  mutating func grow(by additional: Int) {
    let larger = max(2 * capacity, count + additional)
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    unsafe memory.update(from: start, count: count)
    unsafe start.deallocate()
    unsafe start = memory
    capacity = larger
  }

  /// Memory after the last value for `room` more, good until the next change. For the kernels of this module, which say with
  /// ``didWrite(_:)`` what they used.
  @inlinable
  mutating func memoryToAppend(_ room: Int) -> UnsafeMutablePointer<Element> {
    reserve(room)
    return unsafe start + count
  }

  /// Adds so many values that were written where ``memoryToAppend(_:)`` said.
  @inlinable
  mutating func didWrite(_ added: Int) {
    precondition(added >= 0 && added <= capacity &- count, "a kernel wrote past its room")
    count &+= added
  }
}
