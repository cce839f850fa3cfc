import BitKernels
import IndexStorage

/// Writes posting lists and their positions, term by term.
///
///     begin nothing; add(document:positions:) for each document, ascending; endList() → the term's dictionary entry
///
/// Documents are only gathered as they are added; all work is done a block at a time.
struct PostingsWriter: ~Copyable {
  private let file: CheckedFileWriter
  /// Nil where only documents and occurrences are kept.
  private let positionsFile: CheckedFileWriter?
  private var positions: PositionsWriter?
  private let lengths: DocumentLengths
  /// Where the further fields of each document end, see ``DocumentLengths/fieldEnds``; empty where there are no positions.
  private let fieldEnds: [UInt32]
  /// The ``Impact/normalization(length:averageLength:)`` of each document.
  private let normalizations: [Double]

  // The block being gathered.
  private var documents = IntegerBlock.zeros
  private var occurrences = IntegerBlock.zeros
  /// The positions of one document after the other.
  private var blockPositions = PlainBuffer<UInt32>(capacity: 1_024)
  /// By field, then by document of the block; means nothing unless ``hasFieldCounts``.
  private var fieldCounts: PlainBuffer<UInt32>
  private var count = 0
  private var hasFieldCounts = false
  /// What a chunk is made of.
  private var chunk = IntegerBlock.zeros

  // The list under way, without the block being gathered.
  private var documentCount = 0
  private var occurrenceCount = 0
  private var listPositionsOffset = 0
  /// The last document of the last block written, plus 1; 0 before the first.
  private var base: UInt32 = 0

  private var group: PostingsGroupBuilder
  /// The bytes of a group, a group index or a list of one block.
  private var scratch = ByteWriter()
  private var groupOffsets: [(lastDocument: UInt32, offset: Int, positionsOffset: Int)] = []
  private var groupPositionsOffset = 0
  private var ranking = ImpactRanking()

  /// A writer for documents of these lengths.
  ///
  /// - Parameter positions: nil where only documents and occurrences are to be kept.
  ///
  /// Complexity: O(documents).
  init(file: CheckedFileWriter, positions: CheckedFileWriter?, lengths: DocumentLengths) {
    self.file = file
    positionsFile = positions
    self.positions = positions.map { PositionsWriter(file: $0) }
    self.lengths = lengths
    fieldEnds = positions == nil ? [] : lengths.fieldEnds
    let average = lengths.average
    normalizations = lengths.total.map { Impact.normalization(length: $0, averageLength: average) }
    fieldCounts = PlainBuffer(repeating: 0, count: lengths.further.count * IntegerBlock.size)
    group = PostingsGroupBuilder(furtherFieldCount: lengths.further.count)
    listPositionsOffset = positions?.position ?? 0
  }

  // MARK: Gathering

  /// Adds a document, which must come after the one before, and the positions of the term in it: ascending, at least one.
  mutating func add(document: UInt32, positions documentPositions: Span<UInt32>) throws(StorageError) {
    if count == IntegerBlock.size { try endBlock() }
    documents[count] = document
    occurrences[count] = UInt32(documentPositions.count)
    blockPositions.append(contentsOf: documentPositions)
    count += 1
  }

  /// Adds documents, each after the one before, to a list with positions: those of each ascend, one document after the other.
  mutating func add(
    documents newDocuments: Span<UInt32>, occurrences newOccurrences: Span<UInt32>, positions newPositions: Span<UInt32>
  ) throws(StorageError) {
    var next = 0
    var start = 0
    while next < newDocuments.count {
      if count == IntegerBlock.size { try endBlock() }
      let end = min(newDocuments.count, next + IntegerBlock.size - count)
      var added = 0
      for index in next..<end { added += Int(newOccurrences[index]) }
      blockPositions.append(contentsOf: newPositions.extracting(start..<start + added))
      copy(newDocuments, newOccurrences, next..<end)
      start += added
      next = end
    }
  }

  /// Adds documents, each after the one before, to a list without positions.
  ///
  /// - Parameter counts: the occurrences by further field, document by document.
  mutating func add(
    documents newDocuments: Span<UInt32>, occurrences newOccurrences: Span<UInt32>, fieldCounts counts: Span<UInt32>
  ) throws(StorageError) {
    var next = 0
    while next < newDocuments.count {
      if count == IntegerBlock.size { try endBlock() }
      let end = min(newDocuments.count, next + IntegerBlock.size - count)
      copyFieldCounts(counts, next..<end)
      copy(newDocuments, newOccurrences, next..<end)
      next = end
    }
  }

  /// Moves some documents into the block.
  private mutating func copy(_ newDocuments: Span<UInt32>, _ newOccurrences: Span<UInt32>, _ range: Range<Int>) {
    documents.replace(from: count, with: newDocuments.extracting(range))
    occurrences.replace(from: count, with: newOccurrences.extracting(range))
    count += range.count
  }

  /// Takes over the field counts of documents that the block gets next.
  private mutating func copyFieldCounts(_ counts: Span<UInt32>, _ range: Range<Int>) {
    let fields = lengths.further.count
    var union: UInt32 = 0
    for index in range.lowerBound * fields..<range.upperBound * fields { union |= counts[index] }
    guard union != 0 else {
      if hasFieldCounts { zeroFieldCounts(range.count) }
      return
    }
    markFieldCounts()
    for field in 0..<fields {
      var place = field * IntegerBlock.size + count
      for index in range {
        fieldCounts[place] = counts[index * fields + field]
        place += 1
      }
    }
  }

  private mutating func zeroFieldCounts(_ newCount: Int) {
    for field in lengths.further.indices {
      for place in count..<count + newCount { fieldCounts[field * IntegerBlock.size + place] = 0 }
    }
  }

  /// Makes field counts mean something: zeros so far.
  private mutating func markFieldCounts() {
    if hasFieldCounts { return }
    for index in 0..<fieldCounts.count { fieldCounts[index] = 0 }
    hasFieldCounts = true
  }

  // MARK: Lists

  /// Ends the list, which must have at least one document, and returns what the dictionary says of it.
  mutating func endList() throws(StorageError) -> TermEntry {
    precondition(count > 0, "a posting list has at least one document")
    var entry = TermEntry()
    if group.isEmpty && groupOffsets.isEmpty {
      try endShortList(&entry)
    } else {
      try endBlock()
      try endGroup()
      entry.postingsOffset = try appendGroupIndex()
      entry.documentCount = documentCount
      entry.occurrenceCount = occurrenceCount
      groupOffsets.removeAll(keepingCapacity: true)
      ranking.removeAll()
      group.startList()
      base = 0
    }
    entry.hasList = positionsFile == nil
    entry.positionsOffset = listPositionsOffset
    documentCount = 0
    occurrenceCount = 0
    listPositionsOffset = positionsOffset
    return entry
  }

  /// Ends a list of one block.
  private mutating func endShortList(_ entry: inout TermEntry) throws(StorageError) {
    sumUp()
    entry.documentCount = documentCount
    entry.occurrenceCount = occurrenceCount
    if documentCount == 1, positionsFile != nil {
      entry.document = documents[0]
      entry.position = blockPositions[0]
      // A single occurrence stands in the dictionary.
      if occurrenceCount > 1 { _ = try appendPositions() }
      count = 0
      hasFieldCounts = false
    } else {
      entry.postingsOffset = file.position
      countFields()
      _ = try appendPositions()
      scratch.removeAll()
      var bytes = ByteWriter()
      swap(&bytes, &scratch)
      appendBlock(to: &bytes, allowsBitmap: false)
      swap(&bytes, &scratch)
      base = 0
      try file.append(scratch.bytes)
    }
    blockPositions.removeAll()
  }

  /// Completes both files.
  func finish() throws(StorageError) -> (postings: FileSummary, positions: FileSummary?) {
    let positions = try positionsFile?.finish()
    return (try file.finish(), positions)
  }

  /// Where the next positions will be written.
  private var positionsOffset: Int { positionsFile?.position ?? 0 }

  // MARK: Blocks

  /// Adds the block to the numbers of the list.
  private mutating func sumUp() {
    var sum = 0
    for index in 0..<count { sum += Int(occurrences[index]) }
    documentCount += count
    occurrenceCount += sum
  }

  /// Writes the positions of the block, if they are kept; returns their bytes.
  private mutating func appendPositions() throws(StorageError) -> Int {
    try positions?.appendBlock(
      blockPositions, documents: documents, occurrences: occurrences, count: count, lengths: lengths) ?? 0
  }

  /// Finds the field counts of the block from its positions, where these are kept.
  private mutating func countFields() {
    let fields = lengths.further.count
    guard !fieldEnds.isEmpty else { return }
    var start = 0
    for index in 0..<count {
      let firstEnd = Int(documents[index]) * fields
      let end = start + Int(occurrences[index])
      // Most words stand only in the main field, which is the last.
      if blockPositions[start] < fieldEnds[firstEnd + fields - 1] { countFields(of: index, start..<end, firstEnd: firstEnd) }
      start = end
    }
  }

  private mutating func countFields(of index: Int, _ range: Range<Int>, firstEnd: Int) {
    markFieldCounts()
    var next = range.lowerBound
    for field in lengths.further.indices {
      let end = fieldEnds[firstEnd + field]
      let first = next
      while next < range.upperBound, blockPositions[next] < end { next += 1 }
      fieldCounts[field * IntegerBlock.size + index] = UInt32(next - first)
    }
  }

  /// Moves the gathered documents into the current group.
  private mutating func endBlock() throws(StorageError) {
    if group.isEmpty { groupPositionsOffset = positionsOffset }
    sumUp()
    countFields()
    let greatestShare = boundBlock()
    if hasFieldCounts {
      for field in lengths.further.indices {
        for index in 0..<count { group.bound.add(fieldCount: fieldCounts[field * IntegerBlock.size + index], field: field) }
      }
    }
    let last = documents[count - 1]
    let documentsInBlock = count
    let positionByteCount = try appendPositions()
    blockPositions.removeAll()
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
    group.bound.add(documents, occurrences: occurrences, count: count, lengths: lengths.total)
    return ranking.add(documents, occurrences: occurrences, count: count, normalizations: normalizations)
  }

  private mutating func endGroup() throws(StorageError) {
    guard !group.isEmpty else { return }
    groupOffsets.append((group.lastDocument, file.position, groupPositionsOffset - listPositionsOffset))
    scratch.removeAll()
    group.end(&scratch)
    try file.append(scratch.bytes)
  }

  /// Writes the group index and returns its offset.
  private mutating func appendGroupIndex() throws(StorageError) -> Int {
    let offset = file.position
    scratch.removeAll()
    scratch.append(UInt32(groupOffsets.count))
    for share in ranking.leastShares { scratch.append(share) }
    for entry in groupOffsets {
      let distance = offset - entry.offset
      precondition(distance <= Int(UInt32.max) && entry.positionsOffset <= Int(UInt32.max), "a posting list exceeds 4 GiB")
      scratch.append(entry.lastDocument)
      scratch.append(UInt32(distance))
      scratch.append(UInt32(entry.positionsOffset))
    }
    try file.append(scratch.bytes)
    return offset
  }

  /// Appends the gathered documents as one block and empties the gathering arrays.
  private mutating func appendBlock(to writer: inout ByteWriter, allowsBitmap: Bool) {
    let last = documents[count - 1]
    // Each is at least 1, so that one that is not 1 has a second bit.
    let hasOccurrences = bitWidth(occurrences.span, count: count) > 1
    let bitmapByteCount = (Int(last) - Int(base)) / 8 + 1
    takeGaps(documents, count: count, base: base, into: &chunk)
    let asBitmap =
      allowsBitmap && bitmapByteCount <= PostingsFormat.maximumBitmapByteCount
      && bitmapByteCount <= horizontalByteCount(count: count, width: bitWidth(chunk.span, count: count))
        * PostingsFormat.bitmapAllowance
    writer.append(
      (hasOccurrences ? PostingsFormat.hasOccurrences : 0) | (hasFieldCounts ? PostingsFormat.hasFieldCounts : 0)
        | (asBitmap ? PostingsFormat.isBitmap : 0))
    if asBitmap {
      appendBitmap(documents.span.extracting(0..<count), base: base, to: &writer.bytes)
    } else {
      IntegerChunkWriter.append(&chunk, count: count, to: &writer.bytes)
    }
    if hasOccurrences {
      for index in 0..<count { chunk[index] = occurrences[index] - 1 }
      IntegerChunkWriter.append(&chunk, count: count, to: &writer.bytes)
    }
    if hasFieldCounts {
      for field in lengths.further.indices {
        for index in 0..<count { chunk[index] = fieldCounts[field * IntegerBlock.size + index] }
        IntegerChunkWriter.append(&chunk, count: count, to: &writer.bytes)
      }
    }
    base = last + 1
    count = 0
    hasFieldCounts = false
  }
}
