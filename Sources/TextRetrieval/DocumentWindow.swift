/// A run of neighbouring documents of a segment: the unit in which scorers work together.
///
/// A call across the floor is paid once for all of them; ``RankedSearch`` and ``MatchCounter`` say how many.
struct DocumentWindow: Hashable {
  /// The longest window in which scores are kept by document.
  static let size = 16_384
  /// The longest window in which matches are counted: their bits stay in the nearest cache.
  static let countingSize = 65_536

  /// The first document.
  let start: UInt32
  /// The document after the last.
  let end: UInt32

  var count: Int { Int(end - start) }
  /// The words of 64 bits that hold a bit for each document.
  var wordCount: Int { (count + 63) / 64 }
  /// The place of the first of them among the words of the whole segment.
  var firstWord: Int {
    precondition(start & 63 == 0, "a window in which bits are set starts at a whole word of them")
    return Int(start) >> 6
  }
}
