import BitKernels
import IndexStorage
import Testing

@testable import InvertedIndex

@Suite("The worked examples of the formats")
struct WorkedExampleTests {
  private let directory = MemoryDirectory()

  private func file(_ name: String) throws(StorageError) -> CheckedFileWriter {
    try CheckedFileWriter(
      directory: directory, name: name, identity: FileIdentity(kind: "TEST", indexID: 1, segmentID: 1))
  }

  /// The content of a finished file.
  private func content(_ name: String) throws(StorageError) -> [UInt8] {
    let file = try CheckedFile(
      directory: directory, name: name, identity: FileIdentity(kind: "TEST", indexID: 1, segmentID: 1))
    return [UInt8](copying: try file.allBytes())
  }

  @Test("A block of two keys")
  func keyTable() throws {
    let file = try file("keys")
    var table = KeyTableWriter(file: file)
    for key in ["bank", "banks"] { try table.append(Array(key.utf8)) { writer, _ in writer.append(UInt8(7)) } }
    try table.end()
    _ = try file.finish()
    #expect(try content("keys").starts(with: [0x00, 0x04, 0x62, 0x61, 0x6E, 0x6B, 0x07, 0x04, 0x01, 0x73, 0x07]))
  }

  @Test("The dictionary entry of a term in two documents")
  func terms() {
    var entry = TermEntry(documentCount: 2, occurrenceCount: 3)
    entry.postingsOffset = 130
    entry.positionsOffset = 40
    var writer = ByteWriter()
    entry.write(to: &writer, previous: nil)
    #expect(writer.bytes == [0x02, 0x01, 0x82, 0x01, 0x28])
  }

  @Test("The positions of one document, and a list of two")
  func postingsAndPositions() throws {
    let lengths = DocumentLengths(total: Array(repeating: 20, count: 12), further: [Array(repeating: 0, count: 12)])
    let positionsFile = try file("positions")
    var positions = PositionsWriter(file: positionsFile)
    let places: [UInt32] = [4, 5, 9]
    var gathered = PlainBuffer<UInt32>()
    gathered.append(contentsOf: places.span)
    let written = try positions.appendBlock(
      gathered, documents: IntegerBlock(repeating: 5), occurrences: IntegerBlock(repeating: 3), count: 1, lengths: lengths)
    #expect(written == 2)
    _ = try positionsFile.finish()
    #expect(try content("positions") == [0x30, 0x0E])

    var postings = PostingsWriter(file: try file("list"), positions: try file("list positions"), lengths: lengths)
    let once: [UInt32] = [3]
    try postings.add(document: 7, positions: once.span)
    try postings.add(document: 11, positions: places.span)
    let entry = try postings.endList()
    _ = try postings.finish()
    #expect(entry.documentCount == 2 && entry.occurrenceCount == 4)
    #expect(try content("list") == [0x01, 0x03, 0x1F, 0x02, 0x08])
  }

  @Test("A pair in two documents")
  func pairs() throws {
    var entry = TermEntry(documentCount: 2, occurrenceCount: 3)
    entry.postingsOffset = 130
    entry.hasList = true
    var writer = ByteWriter()
    PairEntry(entry).write(to: &writer, previous: nil)
    #expect(writer.bytes == [0x02, 0x01, 0x82, 0x01])
    var reader = ByteReader(writer.bytes.span, file: "pairs")
    var read = PairEntry()
    try read.readNext(&reader)
    #expect(read.entry == entry)
  }

  @Test("Two deletions")
  func deletions() throws {
    var deleted = DeletedDocuments(documentCount: 5)
    #expect(deleted.insert(1) && deleted.insert(3) && !deleted.insert(1))
    let directory = MemoryDirectory()
    let file = try DeletionsFormat.write(deleted, ofSegment: 7, number: 9, indexID: 42, to: directory)
    #expect(file.name == "0000000000000009.deletions")
    let read = try DeletionsFormat.read(file, ofSegment: 7, documentCount: 5, indexID: 42, from: directory)
    #expect(read == deleted)
    let bytes = try CheckedFile(
      directory: directory, name: file.name, identity: DeletionsFormat.identity(indexID: 42, segmentID: 7))
    #expect(Array(copying: try bytes.allBytes()) == [5, 0, 0, 0, 2, 0, 0, 0, 0x0A, 0, 0, 0, 0, 0, 0, 0])
    #expect(throws: StorageError.self) {
      try DeletionsFormat.read(file, ofSegment: 8, documentCount: 5, indexID: 42, from: directory)
    }
  }

  @Test("A column of two lengths")
  func columns() throws {
    var writer = ColumnsWriter(file: try file("columns"), documentCount: 2)
    try writer.append(.length) { (document) throws(StorageError) in document == 0 ? 7 : 300 }
    _ = try writer.finish()
    #expect(
      try content("columns") == [
        0x00, 0x00, 0x25, 0x01,
        0x02, 0x01, 0x00, 0x02, 0x07, 0, 0, 0, 0, 0, 0, 0, 0x00, 0x00,
        0x04, 0, 0, 0, 0, 0, 0, 0,
      ])
  }

  @Test("A store of two records")
  func store() throws {
    let writer = StoreWriter(file: try file("store"), blockByteCount: 1_000)
    for record in ["ab", "c"] { try writer.append(Array(record.utf8).span) }
    _ = try writer.finish()
    let bytes = try content("store")
    let frameByteCount = bytes.count - StoreFormat.indexEntryByteCount - StoreFormat.trailerByteCount
    let frame = Array(bytes[..<frameByteCount])
    #expect(
      Decompressor().decompress(frame.span, byteCount: 11) == [0x02, 0, 0, 0, 0x03, 0, 0, 0, 0x61, 0x62, 0x63])
    #expect(
      Array(bytes[frameByteCount..<frameByteCount + StoreFormat.indexEntryByteCount]) == [
        0, 0, 0, 0, 0x02, 0, 0, 0, 0x0B, 0, 0, 0, UInt8(frameByteCount), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      ])
  }

  @Test("The layout of two sentences")
  func layout() throws {
    var layout = DocumentLayout()
    layout.sentenceStarts = [3]
    layout.capitals = [(1, .capitalized), (3, .capitalized)]
    var writer = ByteWriter()
    layout.write(to: &writer)
    #expect(writer.bytes == [0x01, 0x06, 0x05, 0x05])
    #expect(try DocumentLayout(record: writer.bytes, file: "test") == layout)
  }
}
