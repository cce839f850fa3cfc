/// All documents; adds nothing.
final class EverythingScorer: Scorer {
  var cost: Int { .max }

  func nextCandidate(from target: UInt32) -> UInt32 { target }
  func bound(_ window: DocumentWindow) -> Double { 0 }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) {
    for document in window.start..<window.end { candidates.append(document) }
  }

  func add(to candidates: inout Candidates, above threshold: Double) {
    candidates.withAll { documents, _, marks in
      for index in documents.indices { marks[index] = true }
    }
  }

  func addReach(to candidates: inout Candidates) {}

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) {
    bits.insert(0..<window.count)
  }
}

/// No document.
final class NothingScorer: Scorer {
  var cost: Int { 0 }

  func nextCandidate(from target: UInt32) -> UInt32 { .max }
  func bound(_ window: DocumentWindow) -> Double { -1 }
  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) {}
  func add(to candidates: inout Candidates, above threshold: Double) {}
  func addReach(to candidates: inout Candidates) {}

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) {}
}

extension MutableSpan<UInt64> {
  /// Sets the bits of a range.
  mutating func insert(_ range: Range<Int>) {
    var bit = range.lowerBound
    while bit < range.upperBound {
      let count = Swift.min(64 - bit & 63, range.upperBound - bit)
      self[bit >> 6] |= (count == 64 ? .max : (1 << UInt64(count)) - 1) << UInt64(bit & 63)
      bit += count
    }
  }

  /// Clears all bits.
  mutating func removeAll() {
    for word in 0..<count { self[word] = 0 }
  }
}
