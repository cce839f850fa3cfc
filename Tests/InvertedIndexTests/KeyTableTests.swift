import IndexStorage
import Testing

@testable import InvertedIndex

@Suite("Key tables")
struct KeyTableTests {
  private let identity = FileIdentity(kind: "TEST", indexID: 1, segmentID: 1)

  private func table(_ keys: [[UInt8]]) throws(StorageError) -> KeyTableReader<IdentityPayload> {
    let directory = MemoryDirectory()
    let file = try CheckedFileWriter(directory: directory, name: "keys", identity: identity)
    var table = KeyTableWriter(file: file)
    for (number, key) in keys.enumerated() { try table.append(key) { writer, _ in writer.appendVarint(number * 3) } }
    try table.end()
    _ = try file.finish()
    return try KeyTableReader(file: try CheckedFile(directory: directory, name: "keys", identity: identity))
  }

  @Test("Every key is found with its payload, and nothing else is", arguments: [1, 2, 3, 4, 5] as [UInt64])
  func find(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let count = [0, 1, 15, 16, 17, 300][Int(seed) % 6]
    var all = Set<[UInt8]>()
    while all.count < count {
      all.insert((0..<Int.random(in: 0...5, using: &generator)).map { _ in UInt8.random(in: 97...99, using: &generator) })
    }
    let keys = all.sorted { $0.lexicographicallyPrecedes($1) }
    let table = try table(keys)
    #expect(table.keyCount == count)
    for (number, key) in keys.enumerated() {
      let found = try #require(try table.find(key.span), "seed \(seed)")
      #expect(found.ordinal == number && found.payload.document == UInt32(number * 3), "seed \(seed)")
      #expect(try table.key(number) == key)
    }
    for _ in 0..<2_000 {
      let key = (0..<Int.random(in: 0...6, using: &generator)).map { _ in UInt8.random(in: 96...100, using: &generator) }
      #expect(try (table.find(key.span) != nil) == all.contains(key), "seed \(seed) key \(key)")
    }
    var cursor = KeyTableCursor(table)
    var walked: [[UInt8]] = []
    while try cursor.advance() { walked.append(Array(cursor.key)) }
    #expect(walked == keys)
  }

  @Test(
    "Keys that begin alike for longer than a prefix are told apart, and zeros are not taken for an end",
    arguments: [1, 2] as [UInt64])
  func longCommonBeginnings(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let beginnings: [[UInt8]] = [
      [], Array("presiden".utf8), Array("presidentia".utf8), [255, 255, 255, 255, 255, 255, 255, 255],
    ]
    func key() -> [UInt8] {
      beginnings.randomElement(using: &generator)!
        + (0..<Int.random(in: 0...4, using: &generator)).map { _ in [0, 1, 255].randomElement(using: &generator)! }
    }
    let all = Set((0..<300).map { _ in key() })
    let keys = all.sorted { $0.lexicographicallyPrecedes($1) }
    let table = try table(keys)
    for (number, key) in keys.enumerated() {
      #expect(try table.find(key.span)?.ordinal == number, "seed \(seed) key \(key)")
    }
    for _ in 0..<2_000 {
      let key = key()
      #expect(try (table.find(key.span) != nil) == all.contains(key), "seed \(seed) key \(key)")
    }
  }
}
