extension [UInt8] {
  /// The bytes of a span.
  package init(copying bytes: Span<UInt8>) {
    self.init()
    append(contentsOf: bytes)
  }

  /// Appends the bytes of a span.
  package mutating func append(contentsOf bytes: Span<UInt8>) {
    // The pointer does not leave the closure, and the array copies what it points to.
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
