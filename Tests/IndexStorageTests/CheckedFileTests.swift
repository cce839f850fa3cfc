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

  @Test("One bit flipped in any byte is reported, when it is opened or read", arguments: [0, 1, 1_000, 70_000])
  func flips(byteCount: Int) throws {
    let (directory, summary) = try Self.directory(holding: Self.content(byteCount))
    var bytes = try #require(directory.files["file"])
    var silent: [Int] = []
    // In the large file every byte of header, table and footer, and of the content one in thirteen.
    for index in bytes.indices where byteCount <= 1_000 || index < 48 || index >= 70_000 || index % 13 == 0 {
      for bit in index < 48 || index >= 48 + byteCount ? 0..<8 as Range<UInt8> : UInt8(index & 7)..<UInt8(index & 7) + 1 {
        bytes[index] ^= 1 << bit
        if Self.error(reading: bytes)?.isCorrupt != true { silent.append(index) }
        if Self.error(reading: bytes, expected: summary)?.isCorrupt != true { silent.append(index) }
        bytes[index] ^= 1 << bit
      }
    }
    #expect(silent == [])
    #expect(Self.error(reading: bytes) == nil)
  }

  @Test("A flipped page is reported by every read that touches it and by no other, and verifying names it")
  func flippedPage() throws {
    let content = Self.content(200_000)
    let (original, _) = try Self.directory(holding: content)
    var bytes = try #require(original.files["file"])
    bytes[3 * 32_768 + 5] ^= 0x10
    let file = try CheckedFile(directory: MemoryDirectory(files: ["file": bytes]), name: "file", identity: Self.identity)
    let damage = StorageError.corrupt(
      file: "file", offset: 3 * 32_768, reason: "the page that begins here does not match its checksum")
    for start in stride(from: 0, to: 200_000, by: 1_000) {
      let range = start..<start + 1_000
      let touches = range.overlaps(3 * 32_768 - 48..<4 * 32_768 - 48)
      do {
        let read = [UInt8](copying: try file.bytes(range))
        #expect(!touches)
        #expect(read == Array(content[range]))
      } catch {
        #expect(touches)
        #expect(error == damage)
      }
    }
    #expect(file.damagedPages() == [damage])
    #expect(throws: damage) { try file.verifyAllPages() }
    #expect(throws: damage) { _ = try file.bytes(0..<200_000).count }
  }

  @Test("A file cut at any length is reported")
  func truncation() throws {
    let (directory, _) = try Self.directory(holding: Self.content(33_000))
    let bytes = try #require(directory.files["file"])
    let lengths = Array(0..<300) + Array(stride(from: 300, to: bytes.count, by: 61)) + Array(bytes.count - 300..<bytes.count)
    let silent = lengths.filter { Self.error(reading: Array(bytes[..<$0]))?.isCorrupt != true }
    #expect(silent == [])
    #expect(Self.error(reading: bytes + [0])?.isCorrupt == true)
    #expect(Self.error(reading: [0] + bytes)?.isCorrupt == true)
  }

  @Test("Random bytes, and random bytes between a right header and footer, are reported", arguments: Array(1...5) as [UInt64])
  func randomBytes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (directory, _) = try Self.directory(holding: Self.content(500))
    let whole = try #require(directory.files["file"])
    for _ in 0..<500 {
      let noise = (0..<Int.random(in: 0..<400, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(Self.error(reading: noise)?.isCorrupt == true)
      #expect(Self.error(reading: Array(whole[..<48]) + noise + Array(whole[(whole.count - 40)...]))?.isCorrupt == true)
    }
  }

  @Test(
    "A footer that lies, with a checksum that fits, is reported and never trapped",
    arguments: [0, 1, 999, 1_000, 1_001, 1 << 59, 1 << 62, .max] as [UInt64])
  func lyingFooter(contentByteCount: UInt64) throws {
    let (directory, _) = try Self.directory(holding: Self.content(1_000))
    let whole = try #require(directory.files["file"])
    for pageCount in [0, 1, 2, UInt64.max] where (contentByteCount, pageCount) != (1_000, 1) {
      var footer = ByteWriter()
      footer.append(contentByteCount)
      footer.append(pageCount)
      footer.append(whole.span.littleEndianUInt64(at: whole.count - 24))
      footer.append(Checksum.of(footer.bytes.span))
      footer.append(CheckedFileFormat.magic)
      #expect(Self.error(reading: Array(whole.dropLast(40)) + footer.bytes)?.isCorrupt == true)
    }
  }

  @Test("A file of another kind, index or segment is refused with its reason")
  func wrongIdentity() throws {
    let (directory, summary) = try Self.directory(holding: Self.content(10))
    let bytes = try #require(directory.files["file"])
    var identity = Self.identity
    identity.kind = "POST"
    #expect(
      Self.error(reading: bytes, as: identity) == .corrupt(file: "file", offset: 0, reason: "it is a file of kind TEST, not POST")
    )
    identity = Self.identity
    identity.indexID = 0xA2
    #expect(Self.error(reading: bytes, as: identity) == .corrupt(file: "file", offset: 0, reason: "it belongs to another index"))
    identity = Self.identity
    identity.segmentID = 8
    #expect(
      Self.error(reading: bytes, as: identity) == .corrupt(file: "file", offset: 0, reason: "it belongs to segment 7, not 8"))

    var other = summary
    other.checksum ^= 1
    #expect(Self.error(reading: bytes, expected: other)?.isCorrupt == true)
    other = summary
    other.byteCount += 1
    #expect(Self.error(reading: bytes, expected: other)?.isCorrupt == true)
    #expect(Self.error(reading: bytes, expected: summary) == nil)
  }

  @Test("Two files that differ in content or identity have different summaries")
  func summariesDiffer() throws {
    var seen: Set<UInt64> = []
    for (kind, segment, content) in [("AAAA", 1, [1]), ("AAAA", 1, [2]), ("AAAA", 2, [1]), ("BBBB", 1, [1])]
      as [(String, UInt64, [UInt8])]
    {
      let identity = FileIdentity(kind: FileKind(stringLiteral: kind), indexID: 1, segmentID: segment)
      let writer = try CheckedFileWriter(directory: MemoryDirectory(), name: "file", identity: identity)
      try writer.append(content)
      seen.insert(try writer.finish().checksum)
    }
    #expect(seen.count == 4)
  }

  @Test("A newer version is refused as such, an older one opens, a damaged version is damage")
  func versions() throws {
    let (directory, _) = try Self.directory(holding: Self.content(10))
    var bytes = try #require(directory.files["file"])
    var identity = Self.identity
    identity.formatVersion = 1
    #expect(Self.error(reading: bytes, as: identity) == .newerVersion(file: "file", version: 2, supported: 1))
    identity.formatVersion = 3
    let file = try CheckedFile(directory: directory, name: "file", identity: identity)
    #expect(file.formatVersion == 2)

    func resealed() -> [UInt8] {
      var writer = ByteWriter()
      writer.append(contentsOf: bytes)
      writer.patch(at: 40, Checksum.of(bytes.span.extracting(0..<40)))
      return writer.bytes
    }
    bytes[7] = 2
    #expect(Self.error(reading: bytes)?.isCorrupt == true)
    #expect(Self.error(reading: resealed()) == .newerVersion(file: "file", version: 2, supported: 1))
    bytes[7] = 0
    #expect(Self.error(reading: resealed())?.isCorrupt == true)
  }

  @Test("A range outside the content is an error, not a trap")
  func ranges() throws {
    let (directory, _) = try Self.directory(holding: Self.content(32_720))
    let file = try CheckedFile(directory: directory, name: "file", identity: Self.identity)
    for range in [
      -1..<0, -1..<10, 0..<32_721, 32_720..<32_721, 32_721..<32_721, Int.min..<Int.max, 0..<Int.max, Int.max..<Int.max,
      Int.min..<0,
    ] {
      #expect(failure { _ = try file.bytes(range).count }?.isCorrupt == true)
    }
    #expect(try file.bytes(32_720..<32_720).isEmpty)
    #expect(try file.bytes(0..<32_720).count == 32_720)
  }

  @Test("A missing file is said to be missing, an empty one damaged")
  func missingAndEmpty() throws {
    #expect(
      failure { _ = try CheckedFile(directory: MemoryDirectory(), name: "file", identity: Self.identity) }
        == .missing(file: "file"))
    #expect(Self.error(reading: []) == .corrupt(file: "file", offset: 0, reason: "the file is cut short"))
  }

  @Test("Many threads may touch the same pages first")
  func threads() async throws {
    let content = Self.content(3_000_000)
    let (directory, summary) = try Self.directory(holding: content, pieceByteCount: 100_000)
    let file = try CheckedFile(directory: directory, name: "file", identity: Self.identity, expected: summary)
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<8 {
        group.addTask {
          var generator = SeededGenerator(seed: UInt64(task))
          for _ in 0..<2_000 {
            let start = Int.random(in: 0..<2_900_000, using: &generator)
            let range = start..<start + Int.random(in: 0..<100_000, using: &generator)
            guard let span = try? file.bytes(range), span.count == range.count else { return false }
            if let first = range.first, span[0] != content[first] || span[span.count - 1] != content[range.upperBound - 1] {
              return false
            }
          }
          return true
        }
      }
      for await outcome in group { #expect(outcome) }
    }
  }

  @Test("A finished file was synced after its last byte and closed")
  func finishSyncs() throws {
    let directory = RecordingDirectory(MemoryDirectory())
    let writer = try CheckedFileWriter(directory: directory, name: "file", identity: Self.identity)
    try writer.append(Self.content(300_000))
    _ = try writer.finish()
    #expect(
      directory.operations == [
        .create("file"), .append("file", byteCount: 262_144), .append("file", byteCount: 300_048 - 262_144),
        .append("file", byteCount: 10 * 8 + 40), .syncFile("file"), .close("file"),
      ])
  }

  @Test("After a failed write every later call throws the same error and nothing is synced")
  func deadWriter() throws {
    let memory = MemoryDirectory()
    let recording = RecordingDirectory(memory)
    let failing = FailingDirectory(recording, fault: .init(atCall: 1, kind: .noSpace))
    let writer = try CheckedFileWriter(directory: failing, name: "file", identity: Self.identity)
    let full = StorageError.diskFull(path: "memory")
    #expect(throws: full) { try writer.append(Self.content(300_000)) }
    #expect(throws: full) { try writer.append([1]) }
    #expect(throws: full) { _ = try writer.finish() }
    writer.abandon()
    #expect(memory.files.isEmpty)
    #expect(!recording.operations.contains(.syncFile("file")))
  }
}
