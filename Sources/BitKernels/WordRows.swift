// Rows of words, one number for each place of a text, in units of 16 bits; and their inversion: from words by place to places by
// word.
//
// A number below 0xF800 is one unit. A greater one, below 2^27, is two: 0xF800 and its upper bits, then its lower 16. Numbers are
// given out as words first come, so that hardly any frequent word has two units.

@inlinable @inline(__always)
var firstUnitOfTwo: UInt32 { 0xF800 }

/// Appends words to a row, each below 2^27.
///
/// Complexity: O(words), several at a time where none takes two units.
package func appendWords(_ words: Span<UInt32>, to row: inout PlainBuffer<UInt16>) {
  var greatest: UInt32 = 0
  for index in words.indices { greatest = max(greatest, words[index]) }
  precondition(greatest < 1 << 27, "a row holds 27 bits of a word")
  let units = unsafe row.memoryToAppend(2 * words.count)
  guard greatest >= firstUnitOfTwo else {
    // Safe: there is room for two units a word.
    for index in words.indices { unsafe units[index] = UInt16(truncatingIfNeeded: words[unchecked: index]) }
    return row.didWrite(words.count)
  }
  var next = 0
  for index in words.indices {
    let word = unsafe words[unchecked: index]
    if word >= firstUnitOfTwo {
      unsafe units[next] = UInt16(truncatingIfNeeded: firstUnitOfTwo | word >> 16)
      next &+= 1
    }
    unsafe units[next] = UInt16(truncatingIfNeeded: word)
    next &+= 1
  }
  row.didWrite(next)
}

/// Counts how often each word stands in a row; a word that has no counter traps.
///
/// Complexity: O(words).
package func countWords(_ row: Span<UInt16>, into counts: inout PlainBuffer<UInt32>) {
  var counts = counts.mutableSpan
  var next = 0
  while next < row.count { counts[takeWord(row, &next)] &+= 1 }
}

/// Writes each place of a document's row to the cell of its word, and moves the word's cell on by one.
///
/// Every word must have a cell, and every cell be there. Words that are not wanted share the last one, which means nothing.
///
/// - Parameters:
///   - document: what stands in a cell above the place, as the cell of place 0.
///   - next: the cell that each word's next place is written to.
///
/// Complexity: O(words), without branches that depend on the words, but those of two units.
@inlinable
package func invertWords<Cell: FixedWidthInteger & BitwiseCopyable>(
  _ row: Span<UInt16>, document: Cell, next: inout PlainBuffer<UInt32>, cells: inout PlainBuffer<Cell>
) {
  var next = next.mutableSpan
  var cells = cells.mutableSpan
  let idle = UInt32(cells.count - 1)
  var occurrence = document
  var unit = 0
  while unit < row.count {
    let word = takeWord(row, &unit)
    let cell = next[word]
    cells[Int(cell)] = occurrence
    // Safe: the word was just looked up.
    unsafe next[unchecked: word] = cell &+ (cell == idle ? 0 : 1)
    occurrence &+= 1
  }
}

/// The word at a unit of a row, which is moved on.
@inlinable @inline(__always)
func takeWord(_ row: Span<UInt16>, _ next: inout Int) -> Int {
  // Safe: callers stop at the end of the row; the second of two units is checked.
  var word = unsafe UInt32(row[unchecked: next])
  next &+= 1
  if word >= firstUnitOfTwo {
    word = (word &- firstUnitOfTwo) << 16 | UInt32(row[next])
    next &+= 1
  }
  return Int(word)
}

/// Takes the occurrences of a word apart, which ascend: the documents, how often the word stands in each, and the places of one
/// document after the other. What the three held is lost.
///
/// - Parameter placeBits: the bits of a cell below the document.
///
/// Complexity: O(occurrences), without branches that depend on them.
@inlinable
package func splitOccurrences<Cell: FixedWidthInteger & BitwiseCopyable>(
  _ cells: Span<Cell>, placeBits: Int, documents: inout PlainBuffer<UInt32>, occurrences: inout PlainBuffer<UInt32>,
  places: inout PlainBuffer<UInt32>
) {
  documents.removeAll()
  occurrences.removeAll()
  places.removeAll()
  let documentMemory = unsafe documents.memoryToAppend(cells.count)
  let occurrenceMemory = unsafe occurrences.memoryToAppend(cells.count)
  let placeMemory = unsafe places.memoryToAppend(cells.count)
  let shift = Cell(truncatingIfNeeded: placeBits)
  let mask: UInt32 = (1 << UInt32(truncatingIfNeeded: placeBits)) &- 1
  var documentCount = 0
  var last: UInt32 = 0
  var first = 0
  for index in cells.indices {
    // Safe: there is room for as many of each as there are cells, and no more documents than those.
    let cell = unsafe cells[unchecked: index]
    let document = UInt32(truncatingIfNeeded: cell &>> shift)
    let isNew = document != last || index == 0
    documentCount &+= isNew ? 1 : 0
    first = isNew ? index : first
    last = document
    unsafe documentMemory[documentCount &- 1] = document
    unsafe occurrenceMemory[documentCount &- 1] = UInt32(truncatingIfNeeded: index &- first &+ 1)
    unsafe placeMemory[index] = UInt32(truncatingIfNeeded: cell) & mask
  }
  documents.didWrite(documentCount)
  occurrences.didWrite(documentCount)
  places.didWrite(cells.count)
}
