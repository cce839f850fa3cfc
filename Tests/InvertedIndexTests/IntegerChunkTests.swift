import BitKernels
import IndexStorage
import Testing

@testable import InvertedIndex

@Suite("Chunks of integers")
struct IntegerChunkTests {
  private func written(_ values: [UInt32]) -> [UInt8] {
    var block = IntegerBlock.zeros
    for (index, value) in values.enumerated() { block[index] = value }
    var bytes: [UInt8] = []
    IntegerChunkWriter.append(&block, count: values.count, to: &bytes)
    return bytes
  }

  private func read(_ bytes: [UInt8], count: Int) throws(StorageError) -> [UInt32] {
    var reader = ByteReader(bytes.span, file: "test")
    var block = IntegerBlock.zeros
    try reader.readChunk(count: count, into: &block)
    try reader.finish()
    return (0..<count).map { block[$0] }
  }

  @Test("The worked example of the format is what is written")
  func workedExample() throws {
    let values: [UInt32] = [1, 2, 3, 2, 1, 3, 0, 1, 2, 300, 3, 1]
    #expect(written(values) == [0x42, 0xB9, 0x4D, 0x72, 0x01, 0x07, 0x09, 0x4B])
    #expect(try read(written(values), count: values.count) == values)
  }

  @Test("Any values come back as they were", arguments: [1, 2, 3, 4] as [UInt64])
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let count = Bool.random(using: &generator) ? 128 : Int.random(in: 1...128, using: &generator)
      let width = UInt32.random(in: 0...32, using: &generator)
      let values = (0..<count).map { _ in
        let exceptional = Int.random(in: 0..<20, using: &generator) == 0
        let limit: UInt64 = 1 << UInt64(exceptional ? 32 : width)
        return UInt32(truncatingIfNeeded: UInt64.random(in: 0..<limit, using: &generator))
      }
      #expect(try read(written(values), count: count) == values, "seed \(seed)")
    }
  }

  @Test("A chunk is skipped to exactly where reading it would end", arguments: [5] as [UInt64])
  func skipping(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let count = Int.random(in: 1...128, using: &generator)
      let values = (0..<count).map { _ in UInt32.random(in: 0...(Bool.random(using: &generator) ? 3 : .max), using: &generator) }
      let bytes = written(values)
      var reader = ByteReader(bytes.span, file: "test")
      try reader.skipChunk(count: count)
      let isAtEnd = reader.isAtEnd
      #expect(isAtEnd, "seed \(seed)")
    }
  }

  @Test("Bytes that are no chunk are refused and never trap", arguments: [6] as [UInt64])
  func hostileBytes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = try? read(bytes, count: Int.random(in: 1...128, using: &generator))
    }
  }
}
