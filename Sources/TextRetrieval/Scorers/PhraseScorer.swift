import BitKernels
import IndexStorage
import InvertedIndex

/// The documents in which words stand side by side, in any field or in one.
///
/// The word in the fewest documents leads; positions are decoded only where all words meet in a document.
final class PhraseScorer: Scorer {
  /// One different word of the phrase, and the places where it must stand.
  final class Word {
    fileprivate var cursor: PostingsCursor
    /// Places in the phrase, from 0.
    fileprivate let places: [UInt32]
    fileprivate var positions: [UInt32] = []

    init(cursor: consuming PostingsCursor, places: [UInt32]) {
      self.cursor = cursor
      self.places = places
    }

    fileprivate var documentCount: Int { cursor.entry.documentCount }

    /// The index of the document in the cursor's block, which moves there; nil where the word is not in it.
    fileprivate func find(_ document: UInt32) throws(StorageError) -> Int? {
      guard try cursor.advance(toBlockWith: document) else { return nil }
      return cursor.index(of: document)
    }
  }

  /// A document that matches, and how often in each field.
  private struct Match {
    var document: UInt32
    var fieldCounts: [UInt32]
  }

  private let words: [Word]
  private let frequencies: FieldFrequencies
  private let fieldCount: Int
  private let weight: Double
  private var matches: [Match] = []
  private var starts: [UInt32] = []

  /// - Parameters:
  ///   - words: the different words of the phrase; every place of it belongs to one.
  ///   - weight: the sum of the words' idf, times the phrase's boosts.
  init(words: [Word], frequencies: FieldFrequencies, fieldCount: Int, weight: Double) {
    self.words = words.sorted { $0.documentCount < $1.documentCount }
    self.frequencies = frequencies
    self.fieldCount = fieldCount
    self.weight = weight
  }

  var cost: Int { words[0].documentCount }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 {
    let lead = words[0]
    guard try lead.cursor.advance(toBlockWith: target) else { return .max }
    return lead.cursor.firstDocument(from: target)
  }

  func filter(_ window: DocumentWindow, _ bits: inout WindowBits) throws(StorageError) {
    matches.removeAll(keepingCapacity: true)
    var found = WindowBits()
    var target = window.start
    while true {
      let document = try nextCandidate(from: target)
      guard document < window.end else { break }
      target = document + 1
      let index = Int(document - window.start)
      if bits.contains(index), let match = try match(document) {
        matches.append(match)
        found.insert(index)
      }
    }
    bits = found
  }

  func score(_ window: DocumentWindow, _ documents: borrowing WindowBits, into scores: inout [Double]) throws(StorageError) {
    for match in matches where documents.contains(Int(match.document - window.start)) {
      scores[Int(match.document - window.start)] += frequencies.contribution(
        of: match.fieldCounts, document: Int(match.document), weight: weight)
    }
  }

  private func match(_ document: UInt32) throws(StorageError) -> Match? {
    var indexes: [Int] = []
    for word in words {
      guard let index = try word.find(document) else { return nil }
      indexes.append(index)
    }
    for (word, index) in zip(words, indexes) {
      word.positions.removeAll(keepingCapacity: true)
      try word.cursor.readPositions(at: index, into: &word.positions)
      guard narrowStarts(by: word, isFirst: word === words[0]) else { return nil }
    }
    var counts = [UInt32](repeating: 0, count: fieldCount)
    for start in starts {
      let field = frequencies.field(of: start, document: Int(document))
      if frequencies.field == nil || frequencies.field == field { counts[field] += 1 }
    }
    return counts.contains { $0 > 0 } ? Match(document: document, fieldCounts: counts) : nil
  }

  /// Keeps the starts at which the word stands at all its places; false where none is left.
  private func narrowStarts(by word: Word, isFirst: Bool) -> Bool {
    for (number, place) in word.places.enumerated() {
      if isFirst && number == 0 {
        starts.removeAll(keepingCapacity: true)
        for position in word.positions where position >= place { starts.append(position - place) }
      } else {
        intersectStarts(with: word.positions, place: place)
      }
      if starts.isEmpty { return false }
    }
    return true
  }

  private func intersectStarts(with positions: [UInt32], place: UInt32) {
    var kept = 0
    var next = 0
    for start in starts {
      while next < positions.count, positions[next] < start + place { next += 1 }
      if next < positions.count, positions[next] == start + place {
        starts[kept] = start
        kept += 1
      }
    }
    starts.removeLast(starts.count - kept)
  }
}
