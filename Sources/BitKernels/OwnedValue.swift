/// A value in memory of its own, which is changed in place through a constant.
///
/// A class that keeps its state in one has no run-time check of exclusive access to it; for a property of its own there is one at
/// each call, and scorers are called so often that those took a twentieth of a search. What the check would find must be ruled out
/// by the shape of the code: an access must not lead to another one while it lasts.
@safe
@usableFromInline
package struct OwnedValue<Value: ~Copyable>: ~Copyable {
  /// Invariant: initialized until the end.
  @usableFromInline let pointer: UnsafeMutablePointer<Value>

  /// A place for a value.
  @inlinable
  package init(_ value: consuming Value) {
    unsafe pointer = .allocate(capacity: 1)
    unsafe pointer.initialize(to: value)
  }

  @inlinable
  deinit {
    unsafe pointer.deinitialize(count: 1)
    unsafe pointer.deallocate()
  }

  /// The value, in place.
  @inlinable
  package var value: Value {
    _read { yield unsafe pointer.pointee }
    nonmutating _modify { yield unsafe &pointer.pointee }
  }
}
