import BitKernels
import IndexStorage

/// Writes posting lists and their positions, term by term.
///
///     begin nothing; add(document:positions:) for each document, ascending; endList() → the term's dictionary entry
struct PostingsWriter: ~Copyable {
  private let file: CheckedFileWriter
  /// Nil where only documents and occurrences are kept.
  private var positions: PositionsWriter?
  private let lengths: DocumentLengths

  private var documents = IntegerBlock.zeros
  private var occurrences = IntegerBlock.zeros
  /// By field, then by document of the block: flat, because reading one number of an array of blocks copies the block.
  private var fieldCounts: [UInt32]
  private var count = 0
  private var hasFieldCounts = false

  private var documentCount = 0
  private var occurrenceCount = 0
  private var soleDocument: UInt32 = 0
  private var solePosition: UInt32 = 0
  private var listPositionsOffset = 0
  /// The last document of the last block written, plus 1; 0 before the first.
  private var base: UInt32 = 0

  private var group: PostingsGroupBuilder
  private var groupIndex = ByteWriter()
  private var groupOffsets: [(lastDocument: UInt32, offset: Int, positionsOffset: Int)] = []
  private var groupPositionsOffset = 0
  private var ranking = ImpactRanking()
  private let averageLength: Double

  /// A writer for documents of these lengths.
  ///
  /// - Parameter positions: nil where only documents and occurrences are to be kept.
  init(file: CheckedFileWriter, positions: CheckedFileWriter?, lengths: DocumentLengths) {
    self.file = file
    self.positions = positions.map(PositionsWriter.init)
    self.lengths = lengths
    fieldCounts = Array(repeating: 0, count: lengths.further.count * IntegerBlock.size)
    group = PostingsGroupBuilder(furtherFieldCount: lengths.further.count)
    averageLength = lengths.average
  }

  /// Adds a document, which must come after the one before, and the positions of the term in it: ascending, at least one.
  mutating func add(document: UInt32, positions documentPositions: Span<UInt32>) throws(StorageError) {
    if count == IntegerBlock.size { try endBlock() }
    if documentCount == 0 {
      listPositionsOffset = positionsOffset
      soleDocument = document
      solePosition = documentPositions[0]
    } else if documentCount == 1 {
      restoreSolePosition()
    }
    countFields(documentPositions, document: Int(document))
    // A single occurrence stands in the dictionary, so its position is written only when a second document or occurrence turns
    // up.
    if documentCount > 0 || documentPositions.count > 1 {
      let space = space(of: document)
      positions?.add(documentPositions, space: space)
    }
    count(document, occurrences: UInt32(documentPositions.count))
  }

  /// Adds a document to a list without positions.
  ///
  /// - Parameter counts: the occurrences by further field.
  mutating func add(document: UInt32, occurrences: UInt32, fieldCounts counts: Span<UInt32>) throws(StorageError) {
    if count == IntegerBlock.size { try endBlock() }
    for field in counts.indices {
      fieldCounts[field * IntegerBlock.size + count] = counts[field]
      if counts[field] > 0 { hasFieldCounts = true }
    }
    count(document, occurrences: occurrences)
  }

  private mutating func count(_ document: UInt32, occurrences count: UInt32) {
    documents[self.count] = document
    occurrences[self.count] = count
    self.count += 1
    documentCount += 1
    occurrenceCount += Int(count)
  }

  /// Ends the list, which must have at least one document, and returns what the dictionary says of it.
  mutating func endList() throws(StorageError) -> TermEntry {
    precondition(documentCount > 0, "a posting list has at least one document")
    var entry = TermEntry(documentCount: documentCount, occurrenceCount: occurrenceCount)
    entry.document = soleDocument
    entry.position = solePosition
    entry.positionsOffset = listPositionsOffset
    entry.hasList = positions == nil
    if entry.standsInDictionary {
      _ = try positions?.endBlock()
    } else if group.isEmpty && groupOffsets.isEmpty {
      entry.postingsOffset = file.position
      _ = try positions?.endBlock()
      var block = ByteWriter()
      appendBlock(to: &block, allowsBitmap: false)
      try file.append(block.bytes)
    } else {
      try endBlock()
      try endGroup()
      entry.postingsOffset = try appendGroupIndex()
    }
    reset()
    return entry
  }

  /// Completes both files.
  func finish() throws(StorageError) -> (postings: FileSummary, positions: FileSummary?) {
    let positions = try positions?.finish()
    return (try file.finish(), positions)
  }

  /// Where the next positions will be written.
  private var positionsOffset: Int { positions?.position ?? 0 }

  private mutating func restoreSolePosition() {
    guard occurrenceCount == 1 else { return }
    let sole: InlineArray<1, UInt32> = [solePosition]
    let space = space(of: soleDocument)
    positions?.add(sole.span, space: space)
  }

  /// The places of a document: its words, and a position left out after each further field.
  private func space(of document: UInt32) -> UInt32 { lengths.total[Int(document)] + UInt32(lengths.further.count) }

  private mutating func countFields(_ documentPositions: Span<UInt32>, document: Int) {
    var next = 0
    for field in lengths.further.indices {
      let end = lengths.end(ofField: field, document: document)
      let first = next
      while next < documentPositions.count, documentPositions[next] < end { next += 1 }
      fieldCounts[field * IntegerBlock.size + count] = UInt32(next - first)
      if next > first { hasFieldCounts = true }
    }
  }

  /// Moves the gathered documents into the current group.
  private mutating func endBlock() throws(StorageError) {
    if group.isEmpty { groupPositionsOffset = positionsOffset }
    let greatestShare = boundBlock()
    if hasFieldCounts {
      for field in lengths.further.indices {
        for index in 0..<count { group.bound.add(fieldCount: fieldCounts[field * IntegerBlock.size + index], field: field) }
      }
    }
    let last = documents[count - 1]
    let documentsInBlock = count
    let positionByteCount = try positions?.endBlock() ?? 0
    // Taken out and put back, so that the bytes are not copied while both are written to.
    var blocks = ByteWriter()
    swap(&blocks, &group.blocks)
    let start = blocks.count
    appendBlock(to: &blocks, allowsBitmap: true)
    swap(&blocks, &group.blocks)
    group.endBlock(
      lastDocument: last, documentCount: documentsInBlock, byteCount: group.blocks.bytes.count - start,
      positionByteCount: positionByteCount, impact: Impact.byte(notBelow: greatestShare))
    if group.blockCount == PostingsFormat.groupSize { try endGroup() }
  }

  /// Takes the gathered documents into the bounds of their block and list; returns the greatest share of one.
  private mutating func boundBlock() -> Double {
    var greatest = 0.0
    for index in 0..<count {
      let length = lengths.total[Int(documents[index])]
      group.bound.add(occurrences: occurrences[index], length: length)
      let share = Impact.share(occurrences: occurrences[index], length: length, averageLength: averageLength)
      ranking.add(share)
      greatest = max(greatest, share)
    }
    return greatest
  }

  private mutating func endGroup() throws(StorageError) {
    guard !group.isEmpty else { return }
    groupOffsets.append((group.lastDocument, file.position, groupPositionsOffset - listPositionsOffset))
    try file.append(group.end().bytes)
  }

  /// Writes the group index and returns its offset.
  private mutating func appendGroupIndex() throws(StorageError) -> Int {
    let offset = file.position
    groupIndex.removeAll()
    groupIndex.append(UInt32(groupOffsets.count))
    for share in ranking.leastShares { groupIndex.append(share) }
    for entry in groupOffsets {
      let distance = offset - entry.offset
      precondition(distance <= Int(UInt32.max) && entry.positionsOffset <= Int(UInt32.max), "a posting list exceeds 4 GiB")
      groupIndex.append(entry.lastDocument)
      groupIndex.append(UInt32(distance))
      groupIndex.append(UInt32(entry.positionsOffset))
    }
    try file.append(groupIndex.bytes)
    return offset
  }

  /// Appends the gathered documents as one block and empties the gathering arrays.
  private mutating func appendBlock(to writer: inout ByteWriter, allowsBitmap: Bool) {
    let last = documents[count - 1]
    var hasOccurrences = false
    for index in 0..<count where occurrences[index] != 1 { hasOccurrences = true }
    let bitmapByteCount = (Int(last) - Int(base)) / 8 + 1
    var gaps = IntegerBlock.zeros
    var expected = base
    for index in 0..<count {
      gaps[index] = documents[index] - expected
      expected = documents[index] + 1
    }
    let packedByteCount = horizontalByteCount(count: count, width: bitWidth(gaps.span, count: count))
    let asBitmap =
      allowsBitmap && bitmapByteCount <= PostingsFormat.maximumBitmapByteCount
      && bitmapByteCount <= packedByteCount * PostingsFormat.bitmapAllowance
    writer.append(
      (hasOccurrences ? PostingsFormat.hasOccurrences : 0) | (hasFieldCounts ? PostingsFormat.hasFieldCounts : 0)
        | (asBitmap ? PostingsFormat.isBitmap : 0))
    if asBitmap {
      var bitmap = [UInt8](repeating: 0, count: bitmapByteCount)
      for index in 0..<count {
        let bit = Int(documents[index] - base)
        bitmap[bit / 8] |= 1 << UInt8(bit % 8)
      }
      writer.append(contentsOf: bitmap)
    } else {
      IntegerChunkWriter.append(&gaps, count: count, to: &writer.bytes)
    }
    if hasOccurrences {
      for index in 0..<count { occurrences[index] -= 1 }
      IntegerChunkWriter.append(&occurrences, count: count, to: &writer.bytes)
    }
    if hasFieldCounts {
      for field in lengths.further.indices {
        var counts = IntegerBlock.zeros
        for index in 0..<count { counts[index] = fieldCounts[field * IntegerBlock.size + index] }
        IntegerChunkWriter.append(&counts, count: count, to: &writer.bytes)
      }
    }
    base = last + 1
    count = 0
    hasFieldCounts = false
  }

  private mutating func reset() {
    documentCount = 0
    occurrenceCount = 0
    count = 0
    hasFieldCounts = false
    base = 0
    groupOffsets.removeAll(keepingCapacity: true)
    ranking.removeAll()
    group.startList()
  }
}
