import BitKernels
import IndexStorage

/// Where the groups of a posting list are.
struct PostingsGroupIndex {
  /// The number of groups; 0 for a list of one block, which has no index.
  let count: Int
  private let file: CheckedFile
  /// Where the index is, in the content of the file; the last group ends there.
  private let offset: Int
  private let positionsOffset: Int

  /// Where a group is, and the documents it holds.
  struct Place {
    /// In the content of the postings file.
    var range: Range<Int>
    /// The document before the group, plus 1.
    var base: UInt32
    var lastDocument: UInt32
    /// Where its first positions are, in the content of the positions file.
    var positionsOffset: Int
  }

  /// Reads how many groups the list of a term has.
  init(_ entry: TermEntry, in file: CheckedFile) throws(StorageError) {
    self.file = file
    offset = entry.postingsOffset
    positionsOffset = entry.positionsOffset
    guard entry.documentCount > IntegerBlock.size else {
      count = 0
      return
    }
    var reader = try file.reader(offset..<min(offset + PostingsFormat.groupIndexHeadByteCount, file.contentByteCount))
    count = Int(try reader.readUInt32())
    guard count > 0, count <= (file.contentByteCount - offset) / PostingsFormat.groupEntryByteCount else {
      throw file.corrupt(at: offset, "a posting list has an impossible number of groups")
    }
  }

  /// The first group at or after `first` whose last document is at least `target`.
  ///
  /// Complexity: O(log groups), O(1) where it is `first`.
  func find(_ target: UInt32, from first: Int) throws(StorageError) -> Int? {
    var low = first
    var high = count
    // The next group is the usual answer.
    if low < high, try entry(low).lastDocument >= target { return low }
    while low < high {
      let middle = (low + high) / 2
      if try entry(middle).lastDocument < target { low = middle + 1 } else { high = middle }
    }
    return low < count ? low : nil
  }

  /// Where a group is.
  func place(of index: Int) throws(StorageError) -> Place {
    let current = try entry(index)
    let base = index == 0 ? 0 : try entry(index - 1).lastDocument &+ 1
    let end = index + 1 < count ? try entry(index + 1).offset : offset
    guard current.offset >= 0, current.offset <= end else {
      throw file.corrupt(at: offset, "the groups of a posting list do not ascend")
    }
    return Place(
      range: current.offset..<end, base: base, lastDocument: current.lastDocument, positionsOffset: current.positionsOffset)
  }

  private func entry(_ index: Int) throws(StorageError) -> (lastDocument: UInt32, offset: Int, positionsOffset: Int) {
    let start = offset + PostingsFormat.groupIndexHeadByteCount + index * PostingsFormat.groupEntryByteCount
    let file = file
    let bytes = try file.bytes(start..<start + PostingsFormat.groupEntryByteCount)
    return (
      bytes.littleEndianUInt32(at: 0), offset - Int(bytes.littleEndianUInt32(at: 4)),
      positionsOffset + Int(bytes.littleEndianUInt32(at: 8))
    )
  }
}
