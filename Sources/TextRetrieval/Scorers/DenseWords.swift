import BitKernels
import InvertedIndex

/// A few frequent words whose worth is bounded for all documents at once, without decoding: first by groups of 64, then document by
/// document in the groups that are left, and only what is left then is scored.
///
/// Bounds are whole numbers of 16 bits: a score times `scale`.
struct DenseWords: ~Copyable {
  private let words: [DenseWord]
  /// The documents meant have so many words, the first; where it is 0, any word.
  private let requiredCount: Int
  private let weights: [UInt16]
  private let scale: Double
  private let greatest: Double
  private let scoring: Scoring
  private var scratch: DenseScratch

  /// - Parameter requiredCount: the documents meant have so many words, the first, and the others only add to their scores; where it
  ///   is 0, those that have any word.
  init(_ words: [DenseWord], requiredCount: Int, scoring: Scoring) {
    self.words = words
    self.requiredCount = requiredCount
    self.scoring = scoring
    greatest = words.reduce(0) { $0 + $1.greatest }
    // What all words give at most is all that 16 bits hold, less one a word for rounding up.
    let total = words.reduce(0) { $0 + $1.unit }
    let room = Double(Int(UInt16.max) / DenseCells.greatestClass - words.count)
    let scale = total > 0 ? room / total : 0
    weights = words.map { UInt16($0.unit * scale) + 1 }
    self.scale = scale
    scratch = ScratchPool.shared.takeDenseScratch()
    scratch.sumGroups(words, weights)
  }

  /// Words that one can be made of.
  static let mostWords = 1_024

  private var required: ArraySlice<DenseWord> { words[..<requiredCount] }

  /// Gives back what searches hand on to each other.
  func giveBack() { ScratchPool.shared.give(scratch) }

  /// A score as a bound: documents whose sum is no greater do not exceed it; nil where every document does.
  private func limit(_ threshold: Double) -> UInt16? {
    threshold < 0 ? nil : UInt16(min(Double(UInt16.max), threshold * scale * (1 - 0x1p-40)))
  }

  private func groups(of window: DocumentWindow) -> Range<Int> {
    Int(window.start) / DenseCells.groupSize..<(Int(window.end) + DenseCells.groupSize - 1) / DenseCells.groupSize
  }

  /// What no document of a window exceeds; less than 0 where none has a word.
  func bound(_ window: DocumentWindow) -> Double {
    let sum = DenseCells.greatest(scratch.groupSums.span.extracting(groups(of: window)))
    if sum == 0 { return -1 }
    if scale == 0 { return greatest }
    return min(greatest, scoring.rounded(Double(sum) / scale * (1 + 0x1p-40) + scoring.step))
  }

  /// Appends the documents of a window whose score exceeds the threshold, and that all bitmaps hold, with their scores.
  mutating func collect(
    _ window: DocumentWindow, among bitmaps: [DocumentBitmap], above threshold: Double, into candidates: inout Candidates
  ) {
    let limit = limit(threshold)
    scratch.select(groups(of: window), above: limit)
    scratch.restrict(to: window)
    for word in required { scratch.intersect(word.postings.documents) }
    for bitmap in bitmaps { scratch.intersect(bitmap) }
    if limit != nil || requiredCount > 0 { scratch.removeEmptyGroups() }
    let first = candidates.count
    let boundsOneByOne = limit != nil && first == 0 && candidates.wantsScores && isSparse
    if let limit, !boundsOneByOne {
      scratch.keep(words, weights, above: limit)
    } else if requiredCount == 0 {
      scratch.intersectUnion(of: words)
    }
    candidates.append(groups: scratch.groups, masks: scratch.masks, count: scratch.count)
    guard candidates.wantsScores else { return }
    if boundsOneByOne {
      candidates.clearReach()
      addReach(to: &candidates)
      candidates.removeReaches(upTo: threshold)
    }
    score(&candidates, from: first)
    if threshold >= 0 { candidates.removeScores(upTo: threshold) }
  }

  /// Adds the scores of the candidates from a place on.
  func score(_ candidates: inout Candidates, from first: Int) {
    for word in words { candidates.addScores(of: word, from: first) }
  }

  /// Adds to what candidates can reach what each can get at most.
  func addReach(to candidates: inout Candidates) {
    for word in words { candidates.addReach(of: word) }
  }

  /// Marks the candidates that have a word.
  func markMatches(_ candidates: inout Candidates) {
    for word in words { candidates.mark(word) }
  }

  /// What at least `limit` of a range of documents score; nil where nothing is known. Looks at the groups with the greatest sums
  /// among those that lie in the range whole.
  mutating func leastScore(ofBest limit: Int, among documents: Range<UInt32>) -> Double? {
    let first = (Int(documents.lowerBound) + DenseCells.groupSize - 1) / DenseCells.groupSize
    let end = Int(documents.upperBound) / DenseCells.groupSize
    guard first < end else { return nil }
    scratch.selectGreatestGroups(first..<end, atLeast: max(limit, Self.leastSeedGroups))
    for word in required { scratch.intersect(word.postings.documents) }
    scratch.removeEmptyGroups()
    let isSparse = isSparse
    if !isSparse { scratch.keepGreatest(words, weights, atLeast: limit) }
    var candidates = ScratchPool.shared.takeCandidates()
    candidates.append(groups: scratch.groups, masks: scratch.masks, count: scratch.count)
    if isSparse, candidates.count >= limit {
      candidates.clearReach()
      addReach(to: &candidates)
      candidates.keepGreatestReaches(atLeast: limit)
    }
    score(&candidates, from: 0)
    let least = Collector.leastScore(ofBest: limit, candidates)
    ScratchPool.shared.give(candidates)
    return least
  }

  private static let leastSeedGroups = 16

  /// Whether so few documents of the groups at hand are meant that they are better bounded one by one.
  private var isSparse: Bool { requiredCount > 0 && scratch.documentCount <= Self.mostSparseDocuments * scratch.count }

  private static let mostSparseDocuments = 8
}
