import IndexStorage

/// The sentence and paragraph borders and the letter case of the documents of a segment.
struct LayoutReader: Sendable {
  let file: CheckedFile
  let documentCount: Int
  private let indexOffset: Int
  private let blockCount: Int

  init(file: CheckedFile) throws(StorageError) {
    self.file = file
    let trailerOffset = file.contentByteCount - LayoutFormat.trailerByteCount
    guard trailerOffset >= 0 else { throw .corrupt(file: file.name, offset: nil, reason: "too short for layouts") }
    var trailer = try file.reader(trailerOffset..<file.contentByteCount)
    documentCount = try trailer.readOffset64()
    indexOffset = try trailer.readOffset64()
    blockCount = (documentCount + LayoutFormat.blockSize - 1) / LayoutFormat.blockSize
    guard indexOffset <= trailerOffset, trailerOffset - indexOffset == 8 * blockCount else {
      throw trailer.corrupt("the trailer of layouts contradicts itself")
    }
  }

  /// The bytes of a document's record, which must be below ``documentCount``.
  ///
  /// Complexity: O(64).
  func record(_ document: Int) throws(StorageError) -> [UInt8] {
    precondition(document >= 0 && document < documentCount, "a segment has no such document")
    let block = document / LayoutFormat.blockSize
    let file = self.file
    var index = try file.reader(indexOffset + 8 * block..<indexOffset + 8 * blockCount)
    let start = try index.readOffset64()
    let end = block + 1 < blockCount ? try index.readOffset64() : indexOffset
    guard start <= end, end <= indexOffset else { throw index.corrupt("the blocks of layouts do not ascend") }
    var reader = try file.reader(start..<end)
    var before = 0
    var byteCount = 0
    for other in block * LayoutFormat.blockSize..<min(documentCount, (block + 1) * LayoutFormat.blockSize) {
      let count = try reader.readOffset()
      if other < document { before += count }
      if other == document { byteCount = count }
    }
    try reader.skip(before)
    return [UInt8](copying: try reader.readBytes(byteCount))
  }

  /// A document's layout.
  func layout(_ document: Int) throws(StorageError) -> DocumentLayout {
    try DocumentLayout(record: try record(document), file: file.name)
  }
}
