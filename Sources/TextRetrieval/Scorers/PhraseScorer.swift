import IndexStorage
import InvertedIndex

/// The documents in which words stand side by side, in any field or in one.
///
/// The word in the fewest documents leads; positions are decoded only where all words meet in a document whose occurrences could
/// lift it above the threshold.
final class PhraseScorer: Scorer {
  /// So many documents at a time, so that their positions stay in the nearest cache.
  private static let batchSize = 128

  /// A word behind a reference, because arrays hold nothing that cannot be copied.
  final class Word {
    fileprivate var word: PhraseWord

    init(_ word: consuming PhraseWord) { self.word = word }
  }

  /// By the number of documents, fewest first.
  private let words: [Word]
  /// How occurrences count by field; nil where they all count the same.
  private let frequencies: FieldFrequencies?
  private let weight: Double
  private let scoring: Scoring
  private let normalizations: [Double]
  /// What no document of the window at hand exceeds.
  private var maximum = 0.0
  private var scratch = Candidates(wantsScores: false)
  private var starts = PhraseStarts()

  let cost: Int

  /// - Parameters:
  ///   - words: the different words of the phrase; every place of it belongs to one.
  ///   - weight: the sum of the words' idf, times the phrase's boosts.
  init(words: [Word], frequencies: FieldFrequencies?, weight: Double, scoring: Scoring, normalizations: [Double]) {
    self.words = words.sorted { $0.word.documentCount < $1.word.documentCount }
    self.frequencies = frequencies
    self.weight = weight
    self.scoring = scoring
    self.normalizations = normalizations
    cost = self.words[0].word.documentCount
  }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try words[0].word.nextCandidate(from: target) }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    maximum = .infinity
    for word in words { maximum = min(maximum, try word.word.bound(window)) }
    return maximum
  }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    let threshold = candidates.wantsScores ? threshold : -1
    var found = Candidates(wantsScores: false)
    swap(&found, &scratch)
    found.removeAll()
    try words[0].word.collect(window, above: threshold, into: &found)
    try keepCommon(of: &found)
    try score(found, above: threshold) { index, score in candidates.append(found.document(index), score: score) }
    swap(&found, &scratch)
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    var found = Candidates(wantsScores: false)
    found.copyDocuments(of: candidates)
    try keep(of: &found, containing: words[0])
    try keepCommon(of: &found)
    var matched = Candidates(wantsScores: false)
    // Whatever the threshold: a small score may be what the others leave wanting.
    try score(found, above: -1) { index, score in matched.append(found.document(index), score: score) }
    candidates.merge(matched)
  }

  func addReach(to candidates: inout Candidates) { candidates.addReach(max(0, maximum)) }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    var matched = Candidates(wantsScores: false)
    try collect(window, above: -1, into: &matched)
    matched.insert(into: &bits, of: window)
  }

  /// Keeps the documents that the other words have as well.
  private func keepCommon(of found: inout Candidates) throws(StorageError) {
    for word in words.dropFirst() where !found.isEmpty { try keep(of: &found, containing: word) }
  }

  private func keep(of found: inout Candidates, containing word: Word) throws(StorageError) {
    found.clearMarks()
    try found.withAll { (documents, _, marks) throws(StorageError) in try word.word.mark(documents, &marks) }
    found.keep(marked: true)
  }

  /// Calls `body` with each document that the phrase is in and whose score may exceed the threshold.
  private func score(
    _ found: borrowing Candidates, above threshold: Double, _ body: (_ index: Int, _ score: Double) -> Void
  ) throws(StorageError) {
    var starts = PhraseStarts()
    swap(&starts, &self.starts)
    var first = 0
    while first < found.count {
      let end = min(found.count, first + Self.batchSize)
      starts.begin(found, first..<end)
      for (number, word) in words.enumerated() {
        try word.word.narrow(&starts, isFirst: number == 0) { isWorth($0, $1, threshold) }
      }
      for index in 0..<starts.documentCount where !starts[index].isEmpty {
        let document = starts.document(index)
        let frequency =
          frequencies.map { $0.frequency(at: starts[index], document: Int(document)) } ?? Double(starts[index].count)
        guard let frequency else { continue }
        body(
          first + index,
          scoring.contribution(weight: weight, frequency: frequency, normalization: normalizations[Int(document)]))
      }
      first = end
    }
    swap(&starts, &self.starts)
  }

  /// Whether a document in which the phrase occurs at most so often may exceed the threshold.
  private func isWorth(_ document: UInt32, _ count: UInt32, _ threshold: Double) -> Bool {
    if threshold < 0 || frequencies != nil { return true }
    // A little more than the formula gives, because its evaluation may err in the last place.
    return scoring.contribution(
      weight: weight * (1 + 0x1p-48), frequency: Double(count), normalization: normalizations[Int(document)]) > threshold
  }
}
