import IndexStorage

extension ByteWriter {
  /// Forgets the bytes and keeps the memory.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Appends bytes as they are.
  mutating func append(contentsOf other: some Collection<UInt8>) { bytes.append(contentsOf: other) }
}
