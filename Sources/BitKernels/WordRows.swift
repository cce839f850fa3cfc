// Rows of words, one number for each place of a text, in units of 16 bits; and their inversion: from words by place to places by
// word.
//
// A number below 0xF800 is one unit. A greater one, below 2^27, is two: 0xF800 and its upper bits, then its lower 16. Numbers are
// given out as words first come, so that hardly any frequent word has two units.

private let firstUnitOfTwo: UInt32 = 0xF800

/// The bound of the numbers that a row can hold.
package let wordNumberLimit = 1 << 27

/// Appends words to a row; each is one of `numbers` plus `base`, below ``wordNumberLimit``.
///
/// Complexity: O(words), several at a time where none takes two units.
package func appendWords(_ numbers: Span<UInt32>, plus base: UInt32, to row: inout PlainBuffer<UInt16>) {
  var greatest: UInt32 = 0
  for index in numbers.indices { greatest = max(greatest, numbers[index] &+ base) }
  precondition(greatest < wordNumberLimit, "a row holds 27 bits of a word")
  let units = unsafe row.memoryToAppend(2 * numbers.count)
  guard greatest >= firstUnitOfTwo else {
    // Safe: there is room for two units a word.
    for index in numbers.indices { unsafe units[index] = UInt16(truncatingIfNeeded: numbers[unchecked: index] &+ base) }
    return row.didWrite(numbers.count)
  }
  var next = 0
  for index in numbers.indices {
    let word = unsafe numbers[unchecked: index] &+ base
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

/// Where the occurrences of a word go while rows are inverted.
@usableFromInline
package struct WordCursor: BitwiseCopyable {
  /// The cell that the next one is written to.
  @usableFromInline package var cell: UInt32
  /// 1 where occurrences are wanted. Else 0, and all are written to the same cell, which means nothing.
  @usableFromInline package var step: UInt32

  /// A cursor before its first occurrence.
  @inlinable
  package init(cell: UInt32, step: UInt32) {
    self.cell = cell
    self.step = step
  }
}

/// Writes each place of a document's row to the cell of its word's cursor, the document in the upper half, and moves the cursor on.
///
/// Every word must have a cursor, and every cursor point to a cell; the one after a word's last may be written to only by itself.
///
/// Complexity: O(words), without branches that depend on the words, but those of two units.
package func invertWords(
  _ row: Span<UInt16>, document: UInt32, cursors: inout PlainBuffer<WordCursor>, cells: inout PlainBuffer<UInt64>
) {
  var cursors = cursors.mutableSpan
  var cells = cells.mutableSpan
  var occurrence = UInt64(document) << 32
  var next = 0
  while next < row.count {
    let word = takeWord(row, &next)
    let cursor = cursors[word]
    cells[Int(cursor.cell)] = occurrence
    // Safe: the word was just looked up.
    unsafe cursors[unchecked: word].cell = cursor.cell &+ cursor.step
    occurrence &+= 1
  }
}

/// The word at a unit of a row, which is moved on.
@inline(__always)
private func takeWord(_ row: Span<UInt16>, _ next: inout Int) -> Int {
  // Safe: callers stop at the end of the row; the second of two units is checked.
  var word = unsafe UInt32(row[unchecked: next])
  next &+= 1
  if word >= firstUnitOfTwo {
    word = (word &- firstUnitOfTwo) << 16 | UInt32(row[next])
    next &+= 1
  }
  return Int(word)
}

/// Takes the occurrences of a word apart, which ascend by document and place: the documents, how often the word stands in each, and
/// the places of one document after the other. What the three held is lost.
///
/// Complexity: O(occurrences), without branches that depend on them.
package func splitOccurrences(
  _ cells: Span<UInt64>, documents: inout PlainBuffer<UInt32>, occurrences: inout PlainBuffer<UInt32>,
  places: inout PlainBuffer<UInt32>
) {
  documents.removeAll()
  occurrences.removeAll()
  places.removeAll()
  let documentMemory = unsafe documents.memoryToAppend(cells.count)
  let occurrenceMemory = unsafe occurrences.memoryToAppend(cells.count)
  let placeMemory = unsafe places.memoryToAppend(cells.count)
  var documentCount = 0
  var last: UInt32 = 0
  var first = 0
  for index in cells.indices {
    // Safe: there is room for as many of each as there are cells, and no more documents than those.
    let cell = unsafe cells[unchecked: index]
    let document = UInt32(truncatingIfNeeded: cell >> 32)
    let isNew = document != last || index == 0
    documentCount &+= isNew ? 1 : 0
    first = isNew ? index : first
    last = document
    unsafe documentMemory[documentCount &- 1] = document
    unsafe occurrenceMemory[documentCount &- 1] = UInt32(truncatingIfNeeded: index &- first &+ 1)
    unsafe placeMemory[index] = UInt32(truncatingIfNeeded: cell)
  }
  documents.didWrite(documentCount)
  occurrences.didWrite(documentCount)
  places.didWrite(cells.count)
}
