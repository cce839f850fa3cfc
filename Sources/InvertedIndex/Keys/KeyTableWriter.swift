import IndexStorage

/// Writes a key table front to back.
struct KeyTableWriter {
  private let file: CheckedFileWriter
  private var block = ByteWriter()
  private var blockKeyCount = 0
  private var keyCount: UInt64 = 0
  private var previous: [UInt8] = []
  private var separators: [UInt8] = []
  private var separatorEnds: [UInt32] = []
  private var blockOffsets: [UInt64] = []

  init(file: CheckedFileWriter) { self.file = file }

  /// Appends a key, which must be greater than the one before, and its payload.
  ///
  /// `writePayload` is told whether the key starts a block: a payload coded as a difference from the one before must then stand
  /// alone.
  mutating func append(
    _ key: some RandomAccessCollection<UInt8>, writePayload: (inout ByteWriter, _ startsBlock: Bool) -> Void
  ) throws(StorageError) {
    precondition(key.count <= KeyTableFormat.maximumKeyByteCount, "a key is too long for its table")
    if blockKeyCount == KeyTableFormat.blockSize { try endBlock() }
    let startsBlock = blockKeyCount == 0
    let shared = sharedCount(key)
    if startsBlock {
      if keyCount > 0 { separators.append(contentsOf: key.prefix(shared + 1)) }
      separatorEnds.append(UInt32(separators.count))
      blockOffsets.append(UInt64(file.position))
    }
    let kept = startsBlock ? 0 : shared
    block.appendVarint(UInt64(kept))
    block.appendVarint(UInt64(key.count - kept))
    block.append(contentsOf: key.dropFirst(kept))
    writePayload(&block, startsBlock)
    previous.removeLast(previous.count - shared)
    previous.append(contentsOf: key.dropFirst(shared))
    blockKeyCount += 1
    keyCount += 1
  }

  /// How many bytes a key has in common with the one before.
  private func sharedCount(_ key: some RandomAccessCollection<UInt8>) -> Int {
    let most = min(previous.count, key.count)
    var shared = 0
    var index = key.startIndex
    while shared < most, previous[shared] == key[index] {
      shared += 1
      key.formIndex(after: &index)
    }
    return shared
  }

  /// Writes the index and the trailer; the table is then complete, its file not yet finished.
  mutating func end() throws(StorageError) {
    try endBlock()
    let indexOffset = UInt64(file.position)
    var index = ByteWriter()
    for end in separatorEnds { index.append(end) }
    for offset in blockOffsets { index.append(offset) }
    index.append(contentsOf: separators)
    index.append(keyCount)
    index.append(UInt64(blockOffsets.count))
    index.append(indexOffset)
    try file.append(index.bytes)
  }

  private mutating func endBlock() throws(StorageError) {
    guard blockKeyCount > 0 else { return }
    try file.append(block.bytes)
    block.removeAll()
    blockKeyCount = 0
  }
}
