import IndexStorage
import InvertedIndex

/// The documents whose keyword column holds a value; adds nothing.
final class KeywordScorer: Scorer {
  private let condition: KeywordCondition

  init(_ condition: KeywordCondition) { self.condition = condition }

  // It cannot skip, so it comes after whatever can.
  var cost: Int { .max - 1 }

  func nextCandidate(from target: UInt32) -> UInt32 { target }

  func filter(_ window: DocumentWindow, _ bits: inout WindowBits) throws(StorageError) {
    var matched = WindowBits()
    try condition.forEachMatch(in: Int(window.start)..<Int(window.end)) { document in
      matched.insert(document - Int(window.start))
    }
    bits.formIntersection(matched)
  }

  func score(_ window: DocumentWindow, _ documents: borrowing WindowBits, into scores: inout [Double]) {}
}

/// The documents of a few ranges, as a date condition gives them; adds nothing.
final class DocumentRangesScorer: Scorer {
  /// Ascending, not empty, not touching.
  private let ranges: [Range<Int>]

  init(_ ranges: [Range<Int>]) { self.ranges = ranges }

  var cost: Int { ranges.reduce(0) { $0 + $1.count } }

  func nextCandidate(from target: UInt32) -> UInt32 {
    guard let range = ranges.first(where: { $0.upperBound > Int(target) }) else { return .max }
    return UInt32(max(Int(target), range.lowerBound))
  }

  func filter(_ window: DocumentWindow, _ bits: inout WindowBits) {
    var inside = WindowBits()
    for range in ranges {
      let part = range.clamped(to: Int(window.start)..<Int(window.end))
      for document in part { inside.insert(document - Int(window.start)) }
    }
    bits.formIntersection(inside)
  }

  func score(_ window: DocumentWindow, _ documents: borrowing WindowBits, into scores: inout [Double]) {}
}
