/// A fixed number of plain values in memory of their own, never copied.
///
/// `InlineArray` would do, but the compiler copies one whole when an element is read through a property: that took a quarter of
/// a search.
@safe
@usableFromInline
package struct FixedBuffer<let capacity: Int, Element: BitwiseCopyable>: ~Copyable {
  /// Invariant: `capacity` initialized elements, until the end.
  @usableFromInline let start: UnsafeMutablePointer<Element>

  /// A buffer full of one value.
  @inlinable
  package init(repeating value: Element) {
    unsafe start = .allocate(capacity: capacity)
    unsafe start.initialize(repeating: value, count: capacity)
  }

  @inlinable
  deinit { unsafe start.deallocate() }

  /// All values.
  @inlinable
  package var span: Span<Element> {
    @_lifetime(borrow self)
    get { unsafe _overrideLifetime(Span(_unsafeStart: start, count: capacity), borrowing: self) }
  }

  /// All values, to be changed.
  @inlinable
  package var mutableSpan: MutableSpan<Element> {
    @_lifetime(&self)
    mutating get { unsafe _overrideLifetime(MutableSpan(_unsafeStart: start, count: capacity), mutating: &self) }
  }

  /// One value.
  @inlinable
  package subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < capacity, "a buffer has no such place")
      return unsafe start[index]
    }
    set {
      precondition(index >= 0 && index < capacity, "a buffer has no such place")
      unsafe start[index] = newValue
    }
  }

  /// Replaces the values from a place on.
  @inlinable
  package mutating func replace(from place: Int, with values: Span<Element>) {
    precondition(place >= 0 && place <= capacity && values.count <= capacity &- place, "a buffer has no such place")
    // Safe: checked above; a span of this buffer cannot live while it changes.
    unsafe values.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { unsafe (start + place).update(from: first, count: source.count) }
    }
  }

  /// Makes all values one.
  @inlinable
  package mutating func fill(_ value: Element) { unsafe start.update(repeating: value, count: capacity) }

  /// The memory of all values, for the kernels of this module.
  @inlinable
  mutating func withMemory<Outcome>(_ body: (UnsafeMutableRawPointer) -> Outcome) -> Outcome {
    unsafe body(UnsafeMutableRawPointer(start))
  }
}
