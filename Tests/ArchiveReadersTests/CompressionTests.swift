import ArchiveReaders
import SearchAPI
import Testing

@Suite("Compressed files")
struct CompressionTests {
  static let lines = (0..<2_000).map { "{\"id\":\"\($0)\",\"title\":\"title \($0 &* 2_654_435_761 % 100_003)\"}\n" }
  static let text = Array(lines.joined().utf8)

  @Test("Many members or frames are read as one", arguments: ["a.jsonl.gz", "a.jsonl.zst", "a.jsonl"])
  func manyMembers(name: String) throws {
    // The second part begins in the middle of a line.
    let parts = [Array(CompressionTests.text[..<10_001]), [], Array(CompressionTests.text[10_001...])]
    for compress in [{ gzip($0) }, { zstd($0) }] as [([UInt8]) -> [UInt8]] {
      let bytes = parts.flatMap(compress)
      guard name == "a.jsonl" || bytes.starts(with: name.hasSuffix("gz") ? [0x1F, 0x8B] : [0x28, 0xB5]) else { continue }
      let reading = try Reading(file: name, bytes)
      #expect(reading.articles.map(\.id) == (0..<2_000).map(String.init))
      #expect(reading.skipped.isEmpty)
      #expect(reading.bytesRead == bytes.count)
      #expect(reading.totalBytes == bytes.count)
    }
  }

  @Test(
    "Of a file cut short anywhere the whole records before the cut are delivered, and the cut is told once",
    arguments: [true, false])
  func truncated(isGzip: Bool) throws {
    // In four parts, because zstd gives nothing of a block that is not complete.
    let parts = stride(from: 0, to: 2_000, by: 500).map { Array(CompressionTests.lines[$0..<($0 + 500)].joined().utf8) }
    let bytes = parts.flatMap { isGzip ? gzip($0) : zstd($0) }
    for length in Array(stride(from: 1, to: bytes.count, by: 997)) + [bytes.count - 1] {
      let reading = try Reading(file: isGzip ? "a.jsonl.gz" : "a.jsonl.zst", Array(bytes[..<length]))
      #expect(reading.articles.map(\.id) == (0..<reading.articles.count).map(String.init))
      #expect(reading.skipped.count == 1, "cut at \(length)")
      if length > 4 {
        #expect(
          reading.skipped.map(\.description) == [
            "a.jsonl.\(isGzip ? "gz" : "zst"):\(reading.articles.count + 1): the compressed data end too early; the file is cut short"
          ])
      }
    }
    #expect(
      try Reading(file: isGzip ? "a.jsonl.gz" : "a.jsonl.zst", Array(bytes[..<(bytes.count - 1)])).articles.count
        >= (isGzip ? 1_900 : 1_500))
  }

  @Test(
    "A file damaged anywhere gives no article that is not in it, unless the damage hits what no checksum covers",
    arguments: [true, false])
  func damaged(isGzip: Bool) throws {
    let bytes = isGzip ? gzip(CompressionTests.text) : zstd(CompressionTests.text)
    var told = 0
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<60 {
      var damaged = bytes
      damaged[Int.random(in: 4..<bytes.count, using: &generator)] ^= UInt8(1 << Int.random(in: 0..<8, using: &generator))
      let reading = try Reading(file: isGzip ? "a.jsonl.gz" : "a.jsonl.zst", damaged)
      if !reading.skipped.isEmpty { told += 1 }
    }
    // zstd frames carry no checksum unless asked for; gzip's header has a few free bits.
    #expect(told >= (isGzip ? 55 : 30))
  }

  @Test("Zeros behind gzip data are padding; other bytes are told")
  func trailingBytes() throws {
    let bytes = gzip(CompressionTests.text)
    #expect(try Reading(file: "a.jsonl.gz", bytes + [0, 0, 0]).skipped.isEmpty)
    let reading = try Reading(file: "a.jsonl.gz", bytes + Array("more".utf8))
    #expect(reading.articles.count == 2_000)
    #expect(reading.skipped.map(\.description) == ["a.jsonl.gz:2001: other bytes follow the end of the compressed data"])
  }

  @Test("A compressed text that is cut short is no article")
  func truncatedText() throws {
    let bytes = gzip(CompressionTests.text)
    let reading = try Reading(file: "a.txt.gz", Array(bytes[..<(bytes.count - 5)]))
    #expect(reading.articles.isEmpty)
    #expect(reading.skipped.map(\.description) == ["a.txt.gz: the compressed data end too early; the file is cut short"])
  }

  @Test("A file that expands beyond reason is given up", arguments: [true, false])
  func expansion(isGzip: Bool) throws {
    var text = Array("{\"title\":\"first\"}\n".utf8)
    text += [UInt8](repeating: 0x20, count: 20 << 20)
    let bytes = isGzip ? gzip(text, level: 9) : zstd(text)
    var options = ReadingOptions(maximumArticleBytes: 1_000, maximumExpansion: 500, expansionAllowance: 1 << 20)
    let name = isGzip ? "a.jsonl.gz" : "a.jsonl.zst"
    let reading = try Reading(file: name, bytes, options: options)
    #expect(reading.articles.map(\.title) == ["first"])
    #expect(reading.skipped.count == 1)
    #expect(reading.skipped.first?.reason.hasPrefix("it expands to more than 500 times its size") == true)
    options.expansionAllowance = 21 << 20
    let permitted = try Reading(file: name, bytes, options: options)
    #expect(permitted.skipped.map(\.reason) == ["the record has 20.0 MiB, more than the 65.9 KiB a record may have"])
  }

  @Test("A name that promises compression the bytes do not have is told")
  func wrongName() throws {
    #expect(
      try Reading(file: "a.jsonl.gz", "{\"title\":\"x\"}").skipped.map(\.description)
        == ["a.jsonl.gz: its name ends in .gz, but its bytes are not compressed so"])
    #expect(try Reading(file: "a.jsonl.gz", "").skipped.isEmpty)
  }
}
