import IndexStorage

extension ByteWriter {
  /// Forgets the bytes and keeps the memory.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
