import IndexStorage

/// What a key table maps its keys to.
protocol KeyPayload: Sendable {
  /// What the first payload of a block follows.
  init()

  /// Makes this, the payload of the key before in the same block, the next one.
  @_lifetime(reader: copy reader)
  mutating func readNext(_ reader: inout ByteReader) throws(StorageError)
}

/// A sorted table from keys to payloads, read in place.
struct KeyTableReader<Payload: KeyPayload>: Sendable {
  let file: CheckedFile
  /// The number of keys.
  let keyCount: Int
  let blockCount: Int
  private let indexOffset: Int
  private let indexByteCount: Int
  private let separators = SeparatorPrefixes()

  init(file: CheckedFile) throws(StorageError) {
    self.file = file
    let trailerOffset = file.contentByteCount - KeyTableFormat.trailerByteCount
    guard trailerOffset >= 0 else {
      throw .corrupt(file: file.name, offset: nil, reason: "too short for a key table")
    }
    var trailer = ByteReader(try file.bytes(trailerOffset..<file.contentByteCount), file: file.name, baseOffset: trailerOffset)
    let keys = try trailer.readOffset64()
    let blocks = try trailer.readOffset64()
    let index = try trailer.readOffset64()
    guard index <= trailerOffset, blocks <= (trailerOffset - index) / 12,
      blocks == (keys + KeyTableFormat.blockSize - 1) / KeyTableFormat.blockSize
    else { throw trailer.corrupt("the trailer of a key table contradicts itself") }
    keyCount = keys
    blockCount = blocks
    indexOffset = index
    indexByteCount = trailerOffset - index
  }

  /// The ordinal and payload of a key, or nil where the table does not hold it.
  ///
  /// Complexity: O(log keys) comparisons, no allocation.
  func find(_ key: Span<UInt8>) throws(StorageError) -> (ordinal: Int, payload: Payload)? {
    guard let block = try block(for: key) else { return nil }
    let range = try byteRange(ofBlock: block)
    var reader = ByteReader(try file.bytes(range), file: file.name, baseOffset: range.lowerBound)
    var matched = 0
    var payload = Payload()
    for index in 0..<keyCount(ofBlock: block) {
      let shared = Int(try reader.readVarint32())
      let suffix = try reader.readBytes(try reader.readCount())
      try payload.readNext(&reader)
      // A key that shares more with its predecessor than the predecessor shares with the target lies on the same side of it.
      if shared > matched { continue }
      if shared < matched { return nil }
      var common = 0
      while common < suffix.count, matched + common < key.count, suffix[common] == key[matched + common] {
        common += 1
      }
      if common == suffix.count, matched + common == key.count {
        return (block * KeyTableFormat.blockSize + index, payload)
      }
      let isGreater = matched + common == key.count || (common < suffix.count && suffix[common] > key[matched + common])
      if isGreater { return nil }
      matched += common
    }
    return nil
  }

  /// The keys and payloads of one block.
  struct Block {
    var keyBytes: [UInt8] = []
    var keyEnds: [Int] = []
    var payloads: [Payload] = []

    var count: Int { payloads.count }

    /// The bytes of a key.
    func key(_ index: Int) -> ArraySlice<UInt8> { keyBytes[(index == 0 ? 0 : keyEnds[index - 1])..<keyEnds[index]] }
  }

  /// Decodes a block.
  ///
  /// Complexity: O(bytes of the block).
  func readBlock(_ block: Int, into result: inout Block) throws(StorageError) {
    result.keyBytes.removeAll(keepingCapacity: true)
    result.keyEnds.removeAll(keepingCapacity: true)
    result.payloads.removeAll(keepingCapacity: true)
    let range = try byteRange(ofBlock: block)
    var reader = ByteReader(try file.bytes(range), file: file.name, baseOffset: range.lowerBound)
    var payload = Payload()
    var keyStart = 0
    for _ in 0..<keyCount(ofBlock: block) {
      let shared = Int(try reader.readVarint32())
      guard shared <= result.keyBytes.count - keyStart else {
        throw reader.corrupt("a key shares more than the key before it has")
      }
      let suffix = try reader.readBytes(try reader.readCount())
      guard shared + suffix.count <= KeyTableFormat.maximumKeyByteCount else { throw reader.corrupt("a key is too long") }
      let next = result.keyBytes.count
      for index in keyStart..<keyStart + shared { result.keyBytes.append(result.keyBytes[index]) }
      result.keyBytes.append(contentsOf: suffix)
      keyStart = next
      result.keyEnds.append(result.keyBytes.count)
      try payload.readNext(&reader)
      result.payloads.append(payload)
    }
    try reader.finish()
  }

  /// The key of an ordinal, which must be below ``keyCount``.
  func key(_ ordinal: Int) throws(StorageError) -> [UInt8] {
    precondition(ordinal >= 0 && ordinal < keyCount, "a key table has no such ordinal")
    var block = Block()
    try readBlock(ordinal / KeyTableFormat.blockSize, into: &block)
    return Array(block.key(ordinal % KeyTableFormat.blockSize))
  }

  func keyCount(ofBlock block: Int) -> Int { min(KeyTableFormat.blockSize, keyCount - block * KeyTableFormat.blockSize) }

  /// The last block whose separator is not greater than the key: the only one that may hold it.
  private func block(for key: Span<UInt8>) throws(StorageError) -> Int? {
    guard blockCount > 0 else { return nil }
    let prefixes = try separators.prefixes { () throws(StorageError) in try readPrefixes() }.values
    let prefix = SeparatorPrefixes.prefix(of: key)
    // The separators up to `low` are not greater than the key, those from `high` on are; those between begin as it does.
    var high = SeparatorPrefixes.countBelow(prefix, in: prefixes.span)
    var low = max(0, high - 1)
    // Rare among words, but ids often all begin alike.
    if high < blockCount, prefixes[high] == prefix {
      high = prefix == .max ? blockCount : SeparatorPrefixes.countBelow(prefix + 1, in: prefixes.span)
    }
    guard high - low > 1 else { return low }
    let index = try file.bytes(indexOffset..<indexOffset + indexByteCount)
    while high - low > 1 {
      let middle = (low + high) / 2
      if isOrdered(index.extracting(try separatorRange(middle, index)), notAfter: key) { low = middle } else { high = middle }
    }
    return low
  }

  private func readPrefixes() throws(StorageError) -> [UInt64] {
    let index = try file.bytes(indexOffset..<indexOffset + indexByteCount)
    var prefixes: [UInt64] = []
    prefixes.reserveCapacity(blockCount)
    for block in 0..<blockCount {
      let prefix = SeparatorPrefixes.prefix(of: index.extracting(try separatorRange(block, index)))
      guard prefix >= prefixes.last ?? 0 else {
        throw .corrupt(file: file.name, offset: indexOffset, reason: "the separators of a key table do not ascend")
      }
      prefixes.append(prefix)
    }
    return prefixes
  }

  /// Where the separator of a block is in the index.
  private func separatorRange(_ block: Int, _ index: Span<UInt8>) throws(StorageError) -> Range<Int> {
    let first = 12 * blockCount
    let start = block == 0 ? 0 : Int(index.littleEndianUInt32(at: 4 * (block - 1)))
    let end = Int(index.littleEndianUInt32(at: 4 * block))
    guard start <= end, first + end <= index.count else {
      throw .corrupt(file: file.name, offset: indexOffset, reason: "the index of a key table contradicts itself")
    }
    return first + start..<first + end
  }

  private func byteRange(ofBlock block: Int) throws(StorageError) -> Range<Int> {
    let isLast = block + 1 == blockCount
    let place = indexOffset + 4 * blockCount + 8 * block
    let offsets = try file.bytes(place..<place + (isLast ? 8 : 16))
    let start = offsets.littleEndianUInt64(at: 0)
    let end = isLast ? UInt64(indexOffset) : offsets.littleEndianUInt64(at: 8)
    guard start <= end, end <= UInt64(indexOffset) else {
      throw .corrupt(file: file.name, offset: indexOffset, reason: "the index of a key table contradicts itself")
    }
    return Int(start)..<Int(end)
  }

  private func isOrdered(_ left: Span<UInt8>, notAfter right: Span<UInt8>) -> Bool {
    for index in 0..<min(left.count, right.count) where left[index] != right[index] { return left[index] < right[index] }
    return left.count <= right.count
  }
}

/// Walks the keys of a table in order.
struct KeyTableCursor<Payload: KeyPayload> {
  private let table: KeyTableReader<Payload>
  private var block = KeyTableReader<Payload>.Block()
  private var blockIndex = -1
  private var index = 0

  init(_ table: KeyTableReader<Payload>) { self.table = table }

  /// Moves to the next key; false at the end. Must be called once before the first key is read.
  mutating func advance() throws(StorageError) -> Bool {
    index += 1
    if index < block.count { return true }
    guard blockIndex + 1 < table.blockCount else { return false }
    blockIndex += 1
    index = 0
    try table.readBlock(blockIndex, into: &block)
    return true
  }

  /// The current key.
  var key: ArraySlice<UInt8> { block.key(index) }
  /// Its payload.
  var payload: Payload { block.payloads[index] }
  /// Its place in the table.
  var ordinal: Int { blockIndex * KeyTableFormat.blockSize + index }
}
