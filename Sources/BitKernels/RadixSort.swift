// Sorting by digits, the lowest first (Hollerith; Knuth, The Art of Computer Programming 3, 5.2.5).

/// Sorts keys by their upper 32 bits, which are below 2^bits; keys that agree in these keep their order.
///
/// - Parameter scratch: memory to work in; what it holds is lost.
///
/// Complexity: O(keys · bits / 8), O(keys) where they are in order already.
package func sortByUpperHalf(_ keys: inout PlainBuffer<UInt64>, bits: Int, scratch: inout PlainBuffer<UInt64>) {
  precondition((0...32).contains(bits), "half a key has 32 bits")
  if isAscendingByUpperHalf(keys.span) { return }
  // Where the counters of a pass would outnumber the keys, moving each to its place is quicker.
  if keys.count <= 24 { return insertInOrder(&keys) }
  let most = keys.count < 1_024 ? 8 : 11
  let passes = (bits + most - 1) / most
  let digitBits = (bits + passes - 1) / passes
  scratch.resize(to: keys.count, repeating: 0)
  for pass in 0..<passes {
    distribute(keys.span, shift: 32 + pass * digitBits, digitBits: digitBits, into: &scratch)
    swap(&keys, &scratch)
  }
}

private func isAscendingByUpperHalf(_ keys: Span<UInt64>) -> Bool {
  var last: UInt64 = 0
  for index in keys.indices {
    let key = keys[index] >> 32
    if key < last { return false }
    last = key
  }
  return true
}

private func insertInOrder(_ keys: inout PlainBuffer<UInt64>) {
  var keys = keys.mutableSpan
  for index in 1..<keys.count {
    let key = keys[index]
    var place = index
    while place > 0, keys[place - 1] >> 32 > key >> 32 {
      keys[place] = keys[place - 1]
      place -= 1
    }
    keys[place] = key
  }
}

/// One pass: keys in the order of the digit at `shift`.
private func distribute(_ keys: Span<UInt64>, shift: Int, digitBits: Int, into result: inout PlainBuffer<UInt64>) {
  let mask = 1 << digitBits - 1
  let shift = UInt64(shift)
  var next = InlineArray<2_048, UInt32>(repeating: 0)
  var counts = next.mutableSpan
  // Safe: a digit has at most 11 bits.
  for index in keys.indices { unsafe counts[unchecked: Int(truncatingIfNeeded: keys[index] &>> shift) & mask] &+= 1 }
  var sum: UInt32 = 0
  for digit in 0...mask {
    let count = counts[digit]
    counts[digit] = sum
    sum += count
  }
  var result = result.mutableSpan
  for index in keys.indices {
    let digit = Int(truncatingIfNeeded: keys[index] &>> shift) & mask
    let place = unsafe counts[unchecked: digit]
    unsafe counts[unchecked: digit] = place &+ 1
    result[Int(place)] = keys[index]
  }
}
