import IndexStorage

/// The documents that a part does not match; adds nothing.
final class ComplementScorer: Scorer {
  private let part: any Scorer
  private var scratch = Candidates(wantsScores: false)

  init(_ part: any Scorer) { self.part = part }

  var cost: Int { .max }

  func nextCandidate(from target: UInt32) -> UInt32 { target }
  func bound(_ window: DocumentWindow) -> Double { 0 }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    let first = candidates.count
    precondition(first == 0, "a part is asked for the documents of a window once")
    for document in window.start..<window.end { candidates.append(document) }
    try narrow(&candidates, above: -1)
  }

  func narrow(_ candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    scratch.copyDocuments(of: candidates)
    try part.narrow(&scratch, above: -1)
    candidates.clearMarks()
    candidates.merge(scratch)
    candidates.keep(marked: false)
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    scratch.copyDocuments(of: candidates)
    try part.narrow(&scratch, above: -1)
    candidates.mark(allBut: scratch)
  }

  func addReach(to candidates: inout Candidates) {}

  func insertMatches(in window: DocumentWindow, into result: inout MutableSpan<UInt64>) throws(StorageError) {
    var words = [UInt64](repeating: 0, count: window.wordCount)
    var bits = words.mutableSpan
    try part.insertMatches(in: window, into: &bits)
    for word in 0..<window.wordCount {
      let left = window.count - word * 64
      result[word] |= ~bits[word] & (left >= 64 ? .max : (1 << UInt64(left)) - 1)
    }
  }
}
