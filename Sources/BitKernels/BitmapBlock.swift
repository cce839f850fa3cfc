// The documents of a dense block as a bitmap: bit i of the bytes is document `base + i`. Bytes after the bitmap are read where
// there are any, and do not matter.

/// Appends the bitmap of ascending documents, of which the first is at least `base` and the last less than 2,048 after it.
///
/// Complexity: O(documents + bytes).
package func appendBitmap(_ documents: Span<UInt32>, base: UInt32, to bytes: inout [UInt8]) {
  guard documents.count > 0 else { return }
  var words = InlineArray<32, UInt64>(repeating: 0)
  var bits = words.mutableSpan
  insertDocuments(documents, base: base, into: &bits)
  let byteCount = Int(documents[documents.count - 1] - base) / 8 + 1
  // A word's lowest byte comes first, as the lowest documents do.
  for index in words.indices { words[index] = words[index].littleEndian }
  let span = words.span
  // Safe: 32 words have 256 bytes, and `insertDocuments` checked that the last document is inside.
  unsafe span.withUnsafeBytes { unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[..<byteCount])) }
}

/// Whether a bit is set of the bitmap at an offset.
@inlinable
package func bitmapContains(_ bit: Int, in bytes: Span<UInt8>, at offset: Int) -> Bool {
  bytes[offset + bit >> 3] >> UInt8(truncatingIfNeeded: bit & 7) & 1 == 1
}

/// How many bits are set before one of the bitmap at an offset.
///
/// Complexity: O(bit / 64).
package func bitmapRank(of bit: Int, in bytes: Span<UInt8>, at offset: Int) -> Int {
  var count = 0
  var next = offset
  for _ in 0..<bit >> 6 {
    count &+= bytes.word(at: next).nonzeroBitCount
    next &+= 8
  }
  return count &+ (bytes.word(at: next) & ((1 &<< UInt64(bit & 63)) &- 1)).nonzeroBitCount
}

/// Lists the documents of a bitmap of so many bits; returns how many there are, or 129 where they exceed a block.
///
/// Complexity: O(bits / 64 + documents).
package func listBitmap(
  _ bytes: Span<UInt8>, at offset: Int, bitCount: Int, base: UInt32, into documents: inout IntegerBlock
) -> Int {
  unsafe documents.withMemory { pointer in
    let output = unsafe pointer.assumingMemoryBound(to: UInt32.self)
    var count = 0
    var bit = 0
    while bit < bitCount {
      var bits = bytes.word(at: offset &+ bit >> 3)
      if bitCount &- bit < 64 { bits &= (1 &<< UInt64(bitCount &- bit)) &- 1 }
      let first = base &+ UInt32(truncatingIfNeeded: bit)
      while bits != 0 {
        if count == IntegerBlock.size { return IntegerBlock.size + 1 }
        // Safe: never past the 128 integers of the block, whatever the bytes say.
        unsafe output[count] = first &+ UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
        count &+= 1
        bits &= bits &- 1
      }
      bit &+= 64
    }
    return count
  }
}

/// Sets in `bits` those of a bitmap of so many bits, moved up by `shift`, which may be negative; what falls outside `bits` is left
/// out.
///
/// Complexity: O(bits / 64).
package func insertBitmap(
  _ bytes: Span<UInt8>, at offset: Int, bitCount: Int, shiftedBy shift: Int, into result: inout MutableSpan<UInt64>
) {
  let low = UInt64(truncatingIfNeeded: shift & 63)
  var target = shift >> 6
  var bit = 0
  while bit < bitCount {
    var value = bytes.word(at: offset &+ bit >> 3)
    if bitCount &- bit < 64 { value &= (1 &<< UInt64(bitCount &- bit)) &- 1 }
    if target >= 0, target < result.count { result[target] |= value &<< low }
    if low != 0, target &+ 1 >= 0, target &+ 1 < result.count { result[target &+ 1] |= value &>> (64 &- low) }
    target &+= 1
    bit &+= 64
  }
}

/// Sets the bits of ascending documents: document `base + i` is bit i. All must be at least `base` and inside `bits`.
///
/// Complexity: O(documents).
package func insertDocuments(_ documents: Span<UInt32>, base: UInt32, into bits: inout MutableSpan<UInt64>) {
  guard documents.count > 0 else { return }
  precondition(
    documents[0] >= base && Int(documents[documents.count - 1] - base) >> 6 < bits.count, "a document lies outside its bits")
  for index in documents.indices {
    // Safe: the first and last document were looked at, and the others lie between them.
    let place = unsafe documents[unchecked: index] &- base
    unsafe bits[unchecked: Int(place >> 6)] |= 1 &<< UInt64(place & 63)
  }
}

/// Sets the bits that are set in words of another set, of which the first is that of the first bits.
///
/// Complexity: O(count), two words and more at a time.
package func uniteBits(_ source: [UInt64], from first: Int, count: Int, into bits: inout MutableSpan<UInt64>) {
  precondition(first >= 0 && count <= bits.count && first + count <= source.count, "a bit lies past its words")
  let source = source.span
  // Safe, here and below: checked above.
  for word in 0..<count { unsafe bits[unchecked: word] |= source[unchecked: first &+ word] }
}

/// Clears the bits that are not set in words of another set, of which the first is that of the first bits.
///
/// Complexity: O(count), two words and more at a time.
package func intersectBits(_ source: [UInt64], from first: Int, count: Int, into bits: inout MutableSpan<UInt64>) {
  precondition(first >= 0 && count <= bits.count && first + count <= source.count, "a bit lies past its words")
  let source = source.span
  for word in 0..<count { unsafe bits[unchecked: word] &= source[unchecked: first &+ word] }
}

/// How many bits are set.
///
/// Complexity: O(words).
package func countBits(_ words: Span<UInt64>) -> Int {
  var count = 0
  for word in words.indices { unsafe count &+= words[unchecked: word].nonzeroBitCount }
  return count
}
