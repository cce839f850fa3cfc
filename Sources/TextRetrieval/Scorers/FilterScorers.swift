import IndexStorage
import InvertedIndex

/// The documents whose keyword column holds a value; adds nothing.
final class KeywordScorer: Scorer {
  private let condition: KeywordCondition

  init(_ condition: KeywordCondition) { self.condition = condition }

  // It cannot skip, so it comes after whatever can.
  var cost: Int { .max - 1 }

  func nextCandidate(from target: UInt32) -> UInt32 { target }
  func bound(_ window: DocumentWindow) -> Double { 0 }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    try condition.forEachMatch(in: Int(window.start)..<Int(window.end)) { candidates.append(UInt32($0)) }
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    let condition = condition
    try candidates.withAll { (documents, _, marks) throws(StorageError) in
      for index in documents.indices where try condition.matches(Int(documents[index])) { marks[index] = true }
    }
  }

  func addReach(to candidates: inout Candidates) {}

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    let start = Int(window.start)
    var found: [Int] = []
    try condition.forEachMatch(in: start..<Int(window.end)) { found.append($0 - start) }
    for place in found { bits[place >> 6] |= 1 << UInt64(place & 63) }
  }
}

/// The documents of a few ranges, as a date condition gives them; adds nothing.
final class DocumentRangesScorer: Scorer {
  /// Ascending, not empty, not touching.
  private let ranges: [Range<UInt32>]

  init(_ ranges: [Range<Int>]) {
    self.ranges = ranges.map { UInt32($0.lowerBound)..<UInt32($0.upperBound) }
    cost = ranges.reduce(0) { $0 + $1.count }
  }

  let cost: Int

  func nextCandidate(from target: UInt32) -> UInt32 {
    let index = index(endingAfter: target)
    return index < ranges.count ? max(target, ranges[index].lowerBound) : .max
  }

  func windowEnd(from start: UInt32) -> UInt32 {
    let index = index(endingAfter: start)
    guard index < ranges.count else { return .max }
    return ranges[index].contains(start) ? ranges[index].upperBound : ranges[index].lowerBound
  }

  func bound(_ window: DocumentWindow) -> Double { nextCandidate(from: window.start) < window.end ? 0 : -1 }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) {
    forEachPart(of: window) { for document in $0 { candidates.append(document) } }
  }

  func add(to candidates: inout Candidates, above threshold: Double) {
    guard !candidates.isEmpty else { return }
    var next = index(endingAfter: candidates.document(0))
    let ranges = ranges
    candidates.withAll { documents, _, marks in
      for index in documents.indices {
        while next < ranges.count, ranges[next].upperBound <= documents[index] { next += 1 }
        if next == ranges.count { return }
        if ranges[next].lowerBound <= documents[index] { marks[index] = true }
      }
    }
  }

  func addReach(to candidates: inout Candidates) {}

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) {
    var index = index(endingAfter: window.start)
    while index < ranges.count, ranges[index].lowerBound < window.end {
      let part = ranges[index].clamped(to: window.start..<window.end)
      bits.insert(Int(part.lowerBound - window.start)..<Int(part.upperBound - window.start))
      index += 1
    }
  }

  private func forEachPart(of window: DocumentWindow, _ body: (Range<UInt32>) -> Void) {
    var index = index(endingAfter: window.start)
    while index < ranges.count, ranges[index].lowerBound < window.end {
      body(ranges[index].clamped(to: window.start..<window.end))
      index += 1
    }
  }

  /// The first range that ends after a document.
  private func index(endingAfter document: UInt32) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= document { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
