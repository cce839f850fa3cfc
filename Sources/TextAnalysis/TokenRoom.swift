/// Room for further tokens in a batch, filled by index.
///
/// Appending to six arrays costs a growth and uniqueness check each; here one check stands for a whole token.
struct TokenRoom: ~Copyable, ~Escapable {
  var termBytes: MutableSpan<UInt8>
  var termOffsets: MutableSpan<UInt32>
  var termLengths: MutableSpan<UInt8>
  var starts: MutableSpan<UInt32>
  var ends: MutableSpan<UInt32>
  var shapes: MutableSpan<UInt8>
  /// The number of tokens written.
  var count: Int
  /// The number of bytes of `termBytes` written.
  var termByteCount: Int
  /// The number of terms cut at 255 bytes.
  var cutCount: Int

  @_lifetime(&batch)
  init(in batch: inout TokenBatch, after written: TokenBatch.Extent) {
    (count, termByteCount, cutCount) = (written.count, written.termByteCount, batch.cutCount)
    termBytes = batch.termBytes.mutableSpan
    termOffsets = batch.termOffsets.mutableSpan
    termLengths = batch.termLengths.mutableSpan
    starts = batch.starts.mutableSpan
    ends = batch.ends.mutableSpan
    shapes = batch.shapes.mutableSpan
  }

  /// How much is written.
  var extent: TokenBatch.Extent { TokenBatch.Extent(count: count, termByteCount: termByteCount) }

  /// Whether a token of any length fits.
  @inline(__always)
  var holdsAnother: Bool { count < shapes.count && termBytes.count &- termByteCount >= Self.bytesOfToken }

  /// The bytes a term may take while it is written: eight at a time.
  static let bytesOfToken = TermFolder.longestTerm + 8

  /// Ends a token whose term stands at `termByteCount` and whose shape is already set.
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func endToken(from start: Int, to end: Int, termLength: Int) {
    termOffsets[count] = UInt32(truncatingIfNeeded: termByteCount)
    termLengths[count] = UInt8(truncatingIfNeeded: termLength)
    starts[count] = UInt32(truncatingIfNeeded: start)
    ends[count] = UInt32(truncatingIfNeeded: end)
    count &+= 1
    termByteCount &+= termLength
  }
}

extension TokenBatch {
  /// How much of a batch is written while it holds room for more.
  struct Extent {
    var count: Int
    var termByteCount: Int
  }

  /// How much of a batch without room is written.
  var extent: Extent { Extent(count: count, termByteCount: termBytes.count) }

  /// Lengthens the columns so that at least one more token fits, by doubling, but by no more than `bytesLeft` bytes of text can
  /// need.
  mutating func makeRoom(after written: Extent, bytesLeft: Int) {
    let tokens = min(max(2 * written.count, written.count + 512), written.count + bytesLeft)
    if tokens > shapes.count {
      termOffsets.append(contentsOf: repeatElement(0, count: tokens - termOffsets.count))
      termLengths.append(contentsOf: repeatElement(0, count: tokens - termLengths.count))
      starts.append(contentsOf: repeatElement(0, count: tokens - starts.count))
      ends.append(contentsOf: repeatElement(0, count: tokens - ends.count))
      shapes.append(contentsOf: repeatElement(0, count: tokens - shapes.count))
    }
    // A folding is at most four times as long as what it folds.
    let bytes = min(max(2 * written.termByteCount, written.termByteCount + 4096), written.termByteCount + 4 * bytesLeft)
    let needed = max(bytes, written.termByteCount + TokenRoom.bytesOfToken)
    precondition(needed <= Int(UInt32.max), "the terms of a batch must stay below 4 GiB")
    if needed > termBytes.count { termBytes.append(contentsOf: repeatElement(0, count: needed - termBytes.count)) }
  }

  /// Takes the room that was not used away.
  mutating func removeRoom(after written: Extent) {
    termBytes.removeLast(termBytes.count - written.termByteCount)
    termOffsets.removeLast(termOffsets.count - written.count)
    termLengths.removeLast(termLengths.count - written.count)
    starts.removeLast(starts.count - written.count)
    ends.removeLast(ends.count - written.count)
    shapes.removeLast(shapes.count - written.count)
  }
}
