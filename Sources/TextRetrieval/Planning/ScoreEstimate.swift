import BitKernels
import IndexStorage
import InvertedIndex

/// Finds documents that are likely among the best before the search begins, so that its threshold starts high.
///
/// A few hundred documents that contain as many of the words as possible are scored as far as bitmaps tell, a little too low at
/// most. What as many of them score as are wanted, the best score at least.
struct ScoreEstimate {
  /// A word of a disjunction, in any field.
  private struct Word {
    let entry: TermEntry
    let bitmap: DocumentBitmap?
    let formula: TermFormula
  }

  /// Documents looked at, at most.
  private static let mostSeeds = 256
  /// Blocks decoded of a word without a bitmap, at most.
  private static let mostBlocks = 2
  /// The words of 64 bits looked through at a time.
  private static let stretch = 64
  /// The stretches looked through at most: beyond that the search itself is quicker.
  private static let mostStretches = 32

  private let segment: SegmentReader
  /// By weight, greatest first.
  private var words: [Word] = []
  private var seeds: [UInt32] = []
  private var scores: [Double] = []

  /// Gets ready for a disjunction of words; nil for any other query, and where a word says too little.
  ///
  /// - Parameter index: the place of the segment in the snapshot.
  init?(
    _ query: PlannedQuery, scoring: Scoring, segment: SegmentReader, index: Int, normalizations: [Double]
  ) throws(StorageError) {
    guard case .or(let parts) = query, scoring.parameters.weighsAllFieldsOne, parts.count > 1 else { return nil }
    self.segment = segment
    var weights: [Double] = []
    for part in parts {
      guard case .term(let term, field: nil, let boost) = part else { return nil }
      guard let entry = term.entries[index] else { continue }
      // A little less than the weight, because the formula may err in the last place.
      let weight = term.idf * boost * (1 - 0x1p-46)
      let place = weights.firstIndex { $0 < weight } ?? weights.count
      weights.insert(weight, at: place)
      words.insert(
        Word(
          entry: entry, bitmap: try segment.words.bitmap(of: entry),
          formula: TermFormula(weight: weight, scoring: scoring, normalizations: normalizations)), at: place)
    }
    guard words.count > 1, !words.dropFirst().allSatisfy({ $0.bitmap == nil }) else { return nil }
  }

  /// What at least `limit` documents score; nil where nothing is known.
  mutating func leastScore(ofBest limit: Int) throws(StorageError) -> Double? {
    if words[0].bitmap == nil { try seedFromPostings() } else { seedFromBitmaps() }
    guard seeds.count >= limit else { return nil }
    for word in words.dropFirst() { add(word) }
    var collector = Collector(limit: limit, floor: -1)
    for (seed, score) in zip(seeds, scores) {
      collector.offer(Collector.Entry(priority: Int64(bitPattern: score.bitPattern), document: seed, score: score))
    }
    let best = collector.best()
    return best.count == limit ? best[limit - 1].score : nil
  }

  /// Takes the documents of the blocks of the first word in which one gets most of it.
  private mutating func seedFromPostings() throws(StorageError) {
    var cursor = try segment.words.cursor(for: words[0].entry)
    var contributions = ContributionBlock(repeating: 0)
    for target in try bestBlocks(&cursor) {
      guard try cursor.advance(toBlockWith: target) else { return }
      try cursor.loadOccurrences()
      let block = cursor.block
      words[0].formula.score(block, 0..<block.documents.count, into: &contributions)
      for index in block.documents.indices {
        seeds.append(block.documents[index])
        scores.append(contributions[index])
      }
    }
  }

  /// The last documents of those blocks, ascending; of the first group, which is all of a word without a bitmap in all but very
  /// large segments.
  private func bestBlocks(_ cursor: inout PostingsCursor) throws(StorageError) -> [UInt32] {
    guard cursor.hasBounds, try cursor.moveGroup(reaching: 0) else { return [0] }
    let impacts = cursor.groupImpacts
    var best: [Int] = []
    for block in impacts.indices {
      let place = best.firstIndex { impacts[$0] < impacts[block] } ?? best.count
      if place < Self.mostBlocks { best.insert(block, at: place) }
      if best.count > Self.mostBlocks { best.removeLast() }
    }
    let last = cursor.groupLastDocuments
    return best.sorted().map { last[$0] }
  }

  /// Takes documents that have the first word and, in their stretch of the segment, as many others as any.
  private mutating func seedFromBitmaps() {
    let wordCount = (segment.documentCount + 63) / 64
    var start = 0
    var stretches = 0
    while start < wordCount, seeds.count < Self.mostSeeds, stretches < Self.mostStretches {
      let end = min(wordCount, start + Self.stretch)
      var common = Array(words[0].bitmap!.present[start..<end])
      for word in words.dropFirst() {
        guard let bitmap = word.bitmap else { continue }
        var narrowed = common
        var union: UInt64 = 0
        for index in start..<end {
          narrowed[index - start] &= bitmap.present[index]
          union |= narrowed[index - start]
        }
        if union != 0 { common = narrowed }
      }
      take(common, from: UInt32(start * 64))
      start = end
      stretches += 1
    }
    add(words[0])
  }

  private mutating func take(_ bits: [UInt64], from base: UInt32) {
    for (index, word) in bits.enumerated() {
      var left = word
      while left != 0, seeds.count < Self.mostSeeds {
        seeds.append(base + UInt32(index * 64 + left.trailingZeroBitCount))
        scores.append(0)
        left &= left - 1
      }
    }
  }

  /// Adds what a word gives the seeds at least.
  private mutating func add(_ word: Word) {
    guard let bitmap = word.bitmap else { return }
    for index in seeds.indices {
      if bitmap.contains(seeds[index]) {
        scores[index] += word.formula.contribution(of: seeds[index], occurrences: bitmap.occurrences(in: seeds[index]))
      }
    }
  }
}
