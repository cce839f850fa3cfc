import IndexStorage
import InvertedIndex
import QueryLanguage
import Testing

@testable import TextRetrieval

@Suite("Pruning")
struct PruningTests {
  private static let schema = IndexSchema(textFields: ["title", "body"], keywordFields: [], analyzer: "test", storesText: false)

  /// An index in memory of articles whose words are skewed; some segments, many ties.
  private func snapshot(_ generator: inout SeededGenerator, documents: Int, segments: Int) throws -> IndexSnapshot {
    let directory = MemoryDirectory()
    try IndexWriter.create(in: directory, schema: Self.schema, indexID: 7)
    for segment in 0..<segments {
      let writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 8 << 20))
      for number in 0..<documents / segments { try add("s\(segment)-\(number)", to: writer, &generator) }
      _ = try writer.commit()
    }
    return try IndexSnapshot.open(directory)
  }

  private func add(_ id: String, to writer: IndexWriter, _ generator: inout SeededGenerator) throws {
    let length = Int.random(in: 1...30, using: &generator)
    let words = (0..<length).map { _ in
      let draw = Double.random(in: 0..<1, using: &generator)
      return "w\(Int(60 * draw * draw * draw))"
    }
    let builder = try writer.builder(forWords: length)
    for field in [[], words] {
      let bytes = field.flatMap { Array($0.utf8) }
      var offsets: [UInt32] = []
      for word in field { offsets.append((offsets.last ?? 0) + UInt32(word.utf8.count)) }
      let starts = zip(offsets, field).map { $0 - UInt32($1.utf8.count) }
      let lengths = field.map { UInt8($0.utf8.count) }
      builder.addField(termBytes: bytes.span, offsets: starts.span, lengths: lengths.span)
    }
    try builder.endDocument(
      id: id, date: DocumentDate(day: Int32.random(in: 0...9, using: &generator), second: 0, precision: 2), keywordForms: [],
      contentHash: 0, summary: DocumentSummary(furtherTexts: [""], keywords: [], url: nil, origin: ""),
      text: [UInt8]().span, layout: DocumentLayout())
  }

  private func randomDisjunction(_ generator: inout SeededGenerator) -> Query {
    let words = (0..<Int.random(in: 1...6, using: &generator)).map { _ -> Query in
      let term = Query.term(Query.Term("w\(Int.random(in: 0...62, using: &generator))"))
      let boosts: [Double?] = [nil, nil, nil, 0, 0.5, 7]
      return boosts.randomElement(using: &generator)!.map { .boosted(term, by: $0) } ?? term
    }
    return words.count == 1 ? words[0] : .or(words)
  }

  @Test(
    "A pruned disjunction finds exactly what exhaustive scoring finds: documents, scores and order",
    arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func prunedIsExact(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let documents = [50, 400, 3_000, 9_000, 20_000, 12_000][Int(seed - 1)]
    let snapshot = try snapshot(&generator, documents: documents, segments: seed.isMultiple(of: 2) ? 3 : 1)
    for _ in 0..<60 {
      let query = randomDisjunction(&generator)
      let parameters = ScoringParameters(
        k1: [1.2, 0, 0.4, 8].randomElement(using: &generator)!, b: [0.75, 0, 1].randomElement(using: &generator)!,
        fieldWeights: [1, 1])
      let limit = [1, 2, 10, 100, 1_000].randomElement(using: &generator)!
      func found(_ evaluation: Searcher.Evaluation) throws -> [FoundDocument] {
        try Searcher(snapshot, evaluation).search(
          query, parameters: parameters, ranking: .relevance, limit: limit, countsMatches: false
        ).documents
      }
      #expect(try found(.pruned) == found(.exhaustive), "seed \(seed), limit \(limit), \(query)")
    }
  }
}
