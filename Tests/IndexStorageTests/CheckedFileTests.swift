import Testing

@testable import IndexStorage

@Suite("Checked files")
struct CheckedFileTests {
  static let identity = FileIdentity(kind: "TEST", formatVersion: 2, indexID: 0xA1, segmentID: 7)

  /// Writes content in pieces of `pieceByteCount` and returns the directory that holds it as "file".
  static func directory(holding content: [UInt8], pieceByteCount: Int = 1_000) throws -> (MemoryDirectory, FileSummary) {
    let directory = MemoryDirectory()
    let writer = try CheckedFileWriter(directory: directory, name: "file", identity: identity)
    var start = 0
    while start < content.count {
      let end = min(start + pieceByteCount, content.count)
      #expect(writer.position == start)
      try writer.append(content.span.extracting(start..<end))
      start = end
    }
    return (directory, try writer.finish())
  }

  static func content(_ byteCount: Int) -> [UInt8] {
    (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
  }

  /// Opens the file and reads all of it; nil where everything was given out.
  static func error(reading bytes: [UInt8], as identity: FileIdentity = identity, expected: FileSummary? = nil) -> StorageError? {
    let directory = MemoryDirectory(files: ["file": bytes])
    do throws(StorageError) {
      let file = try CheckedFile(directory: directory, name: "file", identity: identity, expected: expected)
      _ = try file.allBytes()
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "Content comes back as it was written, whatever its length and the pieces",
    arguments: [0, 1, 47, 48, 32_719, 32_720, 32_721, 65_535, 262_095, 262_096, 262_097, 700_001], [1, 999, 1_000_000])
  func roundTrip(byteCount: Int, pieceByteCount: Int) throws {
    let content = Self.content(byteCount)
    let (directory, summary) = try Self.directory(holding: content, pieceByteCount: max(pieceByteCount, byteCount / 5_000))
    let file = try CheckedFile(directory: directory, name: "file", identity: Self.identity, expected: summary)
    #expect(file.contentByteCount == byteCount)
    #expect(file.summary == summary)
    #expect(summary.byteCount == directory.files["file"]?.count)
    #expect([UInt8](copying: try file.allBytes()) == content)
    for offset in stride(from: 0, to: byteCount, by: 4_999) {
      let range = offset..<min(offset + 300, byteCount)
      #expect([UInt8](copying: try file.bytes(range)) == Array(content[range]))
    }
    for offset in [0, byteCount] { #expect(try file.bytes(offset..<offset).isEmpty) }
  }

  @Test("One bit flipped in any byte is reported")
  func flips() throws {
    let (directory, _) = try Self.directory(holding: Self.content(33_000))
    var bytes = try #require(directory.files["file"])
    for index in bytes.indices {
      bytes[index] ^= 1 << UInt8(index & 7)
      let error = Self.error(reading: bytes)
      #expect(error != nil, "byte \(index)")
      bytes[index] ^= 1 << UInt8(index & 7)
    }
    #expect(Self.error(reading: bytes) == nil)
  }
}
