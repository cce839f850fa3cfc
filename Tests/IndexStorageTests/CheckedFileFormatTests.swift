import Testing

@testable import IndexStorage

@Suite("Layout of checked files")
struct CheckedFileFormatTests {
  @Test("The worked example has these bytes, for ever")
  func workedExample() throws {
    let directory = MemoryDirectory()
    let identity = FileIdentity(kind: "TEST", formatVersion: 1, indexID: 1, segmentID: 2)
    let writer = try CheckedFileWriter(directory: directory, name: "file", identity: identity)
    try writer.append(Array("Lede".utf8))
    let summary = try writer.finish()
    let bytes = try #require(directory.files["file"])
    let hex = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined().uppercased()
    let example = """
      4C45444546494C01 54455354 01000000 01000000000000000000000000000000 0200000000000000 953B80940D72D2D4
      4C656465
      140C7C7209B43EDF
      0400000000000000 0100000000000000 49F161F719C8E57B 96C92933573E42BD 4C45444546494C01
      """
    #expect(hex == example.filter { !$0.isWhitespace })
    #expect(summary.byteCount == 100)
  }

  @Test("The checksum is XXH3 with 64 bits and seed 0")
  func checksum() {
    // The value that the reference implementation's self-test has for no bytes.
    let empty: [UInt8] = []
    #expect(Checksum.of(empty.span) == 0x2D06_8005_38D3_94C2)
  }

  @Test("A kind is four characters in reading order")
  func kinds() {
    let kind: FileKind = "POST"
    #expect(kind.code == 0x5453_4F50)
    #expect("\(kind)" == "POST")
    #expect("\(FileKind(code: 1))" == "0x1")
  }

  @Test("A length that no file can have is refused without overflow")
  func lengths() {
    #expect(CheckedFileFormat.fileByteCount(contentByteCount: .max) == nil)
    #expect(CheckedFileFormat.fileByteCount(contentByteCount: 1 << 60) == nil)
    #expect(CheckedFileFormat.fileByteCount(contentByteCount: 0) == 48 + 8 + 40)
    #expect(CheckedFileFormat.fileByteCount(contentByteCount: 32_720) == 32_768 + 8 + 40)
    #expect(CheckedFileFormat.fileByteCount(contentByteCount: 32_721) == 32_769 + 16 + 40)
  }
}
