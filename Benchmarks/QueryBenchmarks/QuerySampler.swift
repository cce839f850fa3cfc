import IndexStorage
import InvertedIndex
import QueryLanguage
import TextAnalysis

/// Draws queries from the words of the articles themselves. Words of one query are from one article, so that every query that asks
/// for all of them finds something.
struct QuerySampler {
  /// Why no query could be drawn.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The articles looked at before a query is given up.
  private static let maximumAttempts = 10_000

  private let snapshot: IndexSnapshot
  private var generator: SeededGenerator

  /// Draws from the articles of an index that stores their text; the same queries from the same seed.
  init(_ snapshot: IndexSnapshot, seed: UInt64) {
    self.snapshot = snapshot
    generator = SeededGenerator(seed: seed)
  }

  /// Different words of one article, one of each band.
  mutating func words(_ bands: [FrequencyBand]) throws -> [Query] {
    for _ in 0..<QuerySampler.maximumAttempts {
      let article = try articleWords()
      // Sorted, because the order of a set changes from run to run.
      var left = Set(article).sorted().shuffled(using: &generator)[...]
      var found: [Query] = []
      for band in bands {
        let counts = band.documentCounts(of: snapshot.documentCount)
        guard let index = try left.firstIndex(where: { counts.contains(try documentCount(of: $0)) }) else { break }
        found.append(.term(Query.Term(left.remove(at: index))))
      }
      if found.count == bands.count { return found }
    }
    throw Failure(description: "no article has words of the bands \(bands)")
  }

  /// Words that stand side by side.
  mutating func phrase(_ length: Int) throws -> Query.Phrase {
    for _ in 0..<QuerySampler.maximumAttempts {
      let words = try articleWords()
      guard words.count > length else { continue }
      let first = Int.random(in: 0..<words.count - length, using: &generator)
      return Query.Phrase(Array(words[first..<first + length]))
    }
    throw Failure(description: "no article has \(length) words")
  }

  /// The days around a dated article: a share of all days between the first and the last.
  mutating func dates(share: Double) throws -> DateRange {
    let days = snapshot.segments.compactMap(\.info.days)
    guard let first = days.map(\.lowerBound).min(), let last = days.map(\.upperBound).max() else {
      throw Failure(description: "no article has a date")
    }
    let half = Int32(Double(last - first) * share / 2)
    for _ in 0..<QuerySampler.maximumAttempts {
      let (segment, document) = draw()
      guard let day = try segment.date(document)?.day else { continue }
      return DateRange(firstDay: day - half, lastDay: day + half)
    }
    throw Failure(description: "hardly any article has a date")
  }

  private mutating func draw() -> (segment: SegmentReader, document: Int) {
    var document = Int.random(in: 0..<snapshot.documentCount, using: &generator)
    for segment in snapshot.segments {
      if document < segment.documentCount { return (segment, document) }
      document -= segment.documentCount
    }
    preconditionFailure("the segments have all documents")
  }

  private mutating func articleWords() throws -> [String] {
    let (segment, document) = draw()
    guard let text = try segment.text(document) else { throw Failure(description: "the index stores no text to draw words from") }
    return Analyzer().terms(in: text)
  }

  private func documentCount(of word: String) throws -> Int {
    try snapshot.segments.reduce(0) { $0 + (try $1.terms.find(word)?.documentCount ?? 0) }
  }
}
