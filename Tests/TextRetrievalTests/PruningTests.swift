import IndexStorage
import InvertedIndex
import QueryLanguage
import Testing

@testable import TextRetrieval

@Suite("Pruning")
struct PruningTests {
  /// An index in memory of articles whose words are skewed; some segments, many ties.
  private func snapshot(
    _ generator: inout SeededGenerator, documents: Int, segments: Int, deletes: Bool, indexesPairs: Bool,
    in directory: MemoryDirectory
  ) throws -> IndexSnapshot {
    let schema = IndexSchema(
      textFields: ["title", "body"], keywordFields: [], analyzer: "test", storesText: false, indexesPairs: indexesPairs)
    try IndexWriter.create(in: directory, schema: schema, indexID: 7)
    for segment in 0..<segments {
      let writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 8 << 20))
      for number in 0..<documents / segments { try add("s\(segment)-\(number)", to: writer, &generator) }
      _ = try writer.commit()
    }
    if deletes {
      let writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 8 << 20))
      _ = try writer.delete { _ in Int.random(in: 0..<5, using: &generator) == 0 }
      _ = try writer.commit()
    }
    return try IndexSnapshot.open(directory)
  }

  private func add(_ id: String, to writer: IndexWriter, _ generator: inout SeededGenerator) throws {
    let length = Int.random(in: 1...30, using: &generator)
    var words = (0..<length).map { _ in
      let draw = Double.random(in: 0..<1, using: &generator)
      return "w\(Int(60 * draw * draw * draw))"
    }
    // Words of which each is in half as many documents as the one before.
    for number in 0..<Self.halvedWords where Int.random(in: 0..<4 << number, using: &generator) == 0 {
      for _ in 0...Int.random(in: 0..<3, using: &generator) { words.append("r\(number)") }
    }
    let builder = try writer.builder(forID: id, contentHash: 0, words: words.count)
    for field in [[], words] {
      let bytes = field.flatMap { Array($0.utf8) }
      var offsets: [UInt32] = []
      for word in field { offsets.append((offsets.last ?? 0) + UInt32(word.utf8.count)) }
      let starts = zip(offsets, field).map { $0 - UInt32($1.utf8.count) }
      let lengths = field.map { UInt8($0.utf8.count) }
      builder.addField(termBytes: bytes.span, offsets: starts.span, lengths: lengths.span)
    }
    try builder.endDocument(
      date: DocumentDate(day: Int32.random(in: 0...9, using: &generator), second: 0, precision: 2), keywordForms: [],
      summary: DocumentSummary(furtherTexts: [""], keywords: [], url: nil, origin: ""),
      text: [UInt8]().span, layout: DocumentLayout())
  }

  private static let halvedWords = 11

  /// A word of a few documents or of many, or of none.
  private func randomWord(_ generator: inout SeededGenerator) -> String {
    Int.random(in: 0..<3, using: &generator) == 0
      ? "r\(Int.random(in: 0..<Self.halvedWords, using: &generator))" : "w\(Int.random(in: 0...62, using: &generator))"
  }

  private func randomDisjunction(_ generator: inout SeededGenerator) -> Query {
    let words = (0..<Int.random(in: 1...6, using: &generator)).map { _ -> Query in
      let term = Query.term(Query.Term(randomWord(&generator)))
      let boosts: [Double?] = [nil, nil, nil, 0, 0.5, 7]
      return boosts.randomElement(using: &generator)!.map { .boosted(term, by: $0) } ?? term
    }
    return words.count == 1 ? words[0] : .or(words)
  }

  /// Any query: words, phrases, dates and fields under every node, up to a depth.
  private func randomQuery(_ generator: inout SeededGenerator, depth: Int) -> Query {
    let leaf = depth == 0 || Int.random(in: 0..<4, using: &generator) == 0
    let parts = { (count: ClosedRange<Int>, generator: inout SeededGenerator) in
      (0..<Int.random(in: count, using: &generator)).map { _ in randomQuery(&generator, depth: depth - 1) }
    }
    switch Int.random(in: 0..<(leaf ? 5 : 12), using: &generator) {
    case 0, 1, 2:
      return .term(Query.Term(randomWord(&generator), in: Int.random(in: 0..<8, using: &generator) == 0 ? .body : nil))
    case 3: return .phrase(Query.Phrase((0..<Int.random(in: 2...3, using: &generator)).map { _ in randomWord(&generator) }))
    case 4:
      let first = Int32.random(in: 0...9, using: &generator)
      return .date(DateRange(firstDay: first, lastDay: first + Int32.random(in: 0...4, using: &generator)))
    case 5, 6: return .and(parts(1...4, &generator))
    case 7, 8: return .or(parts(1...5, &generator))
    case 9: return .required(randomQuery(&generator, depth: depth - 1), optional: parts(1...3, &generator))
    case 10: return .and([randomQuery(&generator, depth: depth - 1), .not(randomQuery(&generator, depth: depth - 1))])
    default: return .boosted(randomQuery(&generator, depth: depth - 1), by: [0, 0.5, 3].randomElement(using: &generator)!)
    }
  }

  private func expectPrunedIsExact(
    _ query: Query, on snapshot: IndexSnapshot, seed: UInt64, isUsual: Bool? = nil, _ generator: inout SeededGenerator
  ) throws {
    // Frequent words go a way of their own under the usual parameters.
    let isUsual = isUsual ?? Bool.random(using: &generator)
    let parameters =
      isUsual
      ? ScoringParameters(k1: 1.2, b: 0.75, fieldWeights: [1, 1])
      : ScoringParameters(
        k1: [1.2, 1.2, 0, 0.4, 8].randomElement(using: &generator)!, b: [0.75, 0.75, 0, 1].randomElement(using: &generator)!,
        fieldWeights: [[1, 1], [1, 1], [3, 0.5]].randomElement(using: &generator)!)
    let limit = [1, 2, 10, 100, 1_000].randomElement(using: &generator)!
    func found(_ evaluation: Searcher.Evaluation, counts: Bool = false) throws -> (documents: [FoundDocument], matchCount: Int) {
      try Searcher(snapshot, evaluation).search(
        query, parameters: parameters, ranking: .relevance, limit: limit, countsMatches: counts)
    }
    let exhaustive = try found(.exhaustive)
    #expect(try found(.pruned).documents == exhaustive.documents, "seed \(seed), limit \(limit), \(parameters), \(query)")
    let counted = try found(.pruned, counts: true)
    #expect(counted.documents == exhaustive.documents, "seed \(seed), limit \(limit), \(parameters), \(query)")
    #expect(
      min(counted.matchCount, limit) == exhaustive.documents.count, "seed \(seed), limit \(limit), \(parameters), \(query)")
  }

  /// Archives of one segment and of three, the largest of each with deletions.
  private func archive(
    ofSeed seed: UInt64, _ generator: inout SeededGenerator, indexesPairs: Bool = true,
    in directory: MemoryDirectory = MemoryDirectory()
  ) throws -> IndexSnapshot {
    let documents = [50, 400, 3_000, 9_000, 20_000, 12_000][Int(seed - 1)]
    return try snapshot(
      &generator, documents: documents, segments: seed.isMultiple(of: 2) ? 3 : 1, deletes: seed == 3 || seed == 4,
      indexesPairs: indexesPairs, in: directory)
  }

  @Test("One word or pair, alone and among dates", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func soleTerms(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 200 + seed)
    let snapshot = try archive(ofSeed: seed, &generator)
    for round in 0..<60 {
      let words = (0..<2).map { _ in
        Bool.random(using: &generator)
          ? "r\(Int.random(in: 0..<Self.halvedWords, using: &generator))" : "w\(Int.random(in: 0...20, using: &generator))"
      }
      let first = Int32.random(in: 0...9, using: &generator)
      let date = Query.date(DateRange(firstDay: first, lastDay: first + Int32.random(in: 0...9, using: &generator)))
      var part = round.isMultiple(of: 3) ? Query.phrase(Query.Phrase(words)) : .term(Query.Term(words[0]))
      if round.isMultiple(of: 4) { part = .boosted(part, by: [0, 0.5, 7].randomElement(using: &generator)!) }
      try expectPrunedIsExact(part, on: snapshot, seed: 200 + seed, &generator)
      try expectPrunedIsExact(
        round.isMultiple(of: 2) ? .and([part, date]) : .and([date, part]), on: snapshot, seed: 200 + seed, &generator)
    }
  }

  @Test("One frequent word among dates", arguments: [2, 5, 6] as [UInt64])
  func frequentTermsAmongDates(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 800 + seed)
    let snapshot = try archive(ofSeed: seed, &generator)
    for _ in 0..<200 {
      let word =
        Bool.random(using: &generator)
        ? "r\(Int.random(in: 0...4, using: &generator))" : "w\(Int.random(in: 0...9, using: &generator))"
      let first = Int32.random(in: 0...9, using: &generator)
      let dates = DateRange(firstDay: first, lastDay: first + Int32.random(in: 0...9, using: &generator))
      try expectPrunedIsExact(
        .and([.term(Query.Term(word)), .date(dates)]), on: snapshot, seed: 800 + seed, isUsual: true, &generator)
    }
  }

  @Test(
    "A phrase is found in memory as it is in lists: alone, among dates, and beside others",
    arguments: [(3, true), (5, true), (5, false), (6, false)] as [(UInt64, Bool)])
  func phrases(seed: UInt64, indexesPairs: Bool) throws {
    var generator = SeededGenerator(seed: 600 + seed)
    let directory = MemoryDirectory()
    let warm = try archive(ofSeed: seed, &generator, indexesPairs: indexesPairs, in: directory)
    let parameters = ScoringParameters(k1: 1.2, b: 0.75, fieldWeights: [1, 1])
    let limits = [1, 2, 10, 100, 1_000]
    func found(
      _ query: Query, _ snapshot: IndexSnapshot, _ evaluation: Searcher.Evaluation = .pruned, limit: Int, counts: Bool
    ) throws -> (documents: [FoundDocument], matchCount: Int) {
      try Searcher(snapshot, evaluation).search(
        query, parameters: parameters, ranking: .relevance, limit: limit, countsMatches: counts)
    }
    var foundInMemory = 0
    for round in 0..<60 {
      // Words that are kept in memory once asked for; some are too rare for the index of pairs.
      var words = (0..<Int.random(in: 1...2, using: &generator)).map { _ in "w\(Int.random(in: 0...6, using: &generator))" }
      words.append("r\(Int.random(in: 2...5, using: &generator))")
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: words[0] = randomWord(&generator)
      case 1: words.append(words[0])
      case 2: words.shuffle(using: &generator)
      default: break
      }
      let phrase = Query.phrase(Query.Phrase(words))
      for _ in 0..<20 { _ = try found(phrase, warm, limit: 10, counts: false) }
      let plan = try QueryPlan(phrase, snapshot: warm, parameters: parameters)
      if case _? = try plan.query(onSegment: 0).solePhrase() { foundInMemory += 1 }
      let first = Int32.random(in: 0...9, using: &generator)
      let date = Query.date(DateRange(firstDay: first, lastDay: first + Int32.random(in: 0...9, using: &generator)))
      let term = Query.term(Query.Term(randomWord(&generator)))
      for query in [
        phrase, .and([phrase, date]), .boosted(phrase, by: 3), .or([term, phrase]), .and([term, phrase]),
        .required(phrase, optional: [term]), .required(term, optional: [phrase]), .and([term, .not(phrase)]),
        .phrase(Query.Phrase(words, in: .body)),
      ] {
        let limit = limits.randomElement(using: &generator)!
        // Opened anew, it has nothing in memory.
        let cold = try found(query, IndexSnapshot.open(directory), .exhaustive, limit: limit, counts: true)
        for counts in [false, true] {
          let inMemory = try found(query, warm, limit: limit, counts: counts)
          #expect(inMemory.documents == cold.documents, "seed \(seed), round \(round), limit \(limit), \(query)")
          if counts { #expect(inMemory.matchCount == cold.matchCount, "seed \(seed), round \(round), \(query)") }
        }
      }
    }
    #expect(seed == 3 || foundInMemory >= 10, "\(foundInMemory) of 60 were found in memory")
  }

  @Test("Deleted documents are neither found nor counted", arguments: [3, 4] as [UInt64])
  func deletions(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 300 + seed)
    let snapshot = try archive(ofSeed: seed, &generator)
    #expect(snapshot.liveCount < snapshot.documentCount)
    let parameters = ScoringParameters(k1: 1.2, b: 0.75, fieldWeights: [1, 1])
    func search(_ query: Query, _ ranking: DocumentRanking) throws -> (documents: [FoundDocument], matchCount: Int) {
      try Searcher(snapshot).search(
        query, parameters: parameters, ranking: ranking, limit: snapshot.documentCount, countsMatches: true)
    }
    #expect(try search(.everything, .newest).matchCount == snapshot.liveCount)
    for round in 0..<40 {
      let query = randomQuery(&generator, depth: round % 3)
      for ranking in [DocumentRanking.relevance, .newest, .oldest] {
        let found = try search(query, ranking)
        #expect(found.documents.count == found.matchCount, "seed \(seed) \(query)")
        #expect(
          found.documents.allSatisfy { snapshot.segments[$0.segment].isLive($0.document) }, "seed \(seed) \(query)")
      }
    }
  }

  @Test(
    "A pruned disjunction finds exactly what exhaustive scoring finds: documents, scores and order",
    arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func disjunctions(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let snapshot = try archive(ofSeed: seed, &generator)
    for _ in 0..<60 {
      try expectPrunedIsExact(randomDisjunction(&generator), on: snapshot, seed: seed, &generator)
    }
  }

  @Test(
    "So does one of words of which some are much rarer than others", arguments: [5, 6] as [UInt64])
  func unevenDisjunctions(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 400 + seed)
    let snapshot = try archive(ofSeed: seed, &generator)
    for _ in 0..<120 {
      var words = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
        "r\(Int.random(in: 0..<Self.halvedWords, using: &generator))"
      }
      if Bool.random(using: &generator) { words.append("w\(Int.random(in: 0...62, using: &generator))") }
      let query = Query.or(words.map { .term(Query.Term($0)) })
      try expectPrunedIsExact(query, on: snapshot, seed: 400 + seed, &generator)
    }
  }

  @Test("So does a conjunction of frequent words", arguments: [4, 5, 6] as [UInt64])
  func conjunctions(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 500 + seed)
    let snapshot = try archive(ofSeed: seed, &generator)
    for _ in 0..<120 {
      var words = (0..<Int.random(in: 1...2, using: &generator)).map { _ in "w\(Int.random(in: 0...20, using: &generator))" }
      words.append("r\(Int.random(in: 0...6, using: &generator))")
      let query = Query.and(words.shuffled(using: &generator).map { .term(Query.Term($0)) })
      try expectPrunedIsExact(query, on: snapshot, seed: 500 + seed, &generator)
    }
  }

  @Test("So do required words beside optional ones", arguments: [4, 5, 6] as [UInt64])
  func requiredWords(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 700 + seed)
    let snapshot = try archive(ofSeed: seed, &generator)
    func words(_ count: ClosedRange<Int>) -> [Query] {
      (0..<Int.random(in: count, using: &generator)).map { _ in
        let isRare = Int.random(in: 0..<3, using: &generator) == 0
        return .term(Query.Term(isRare ? randomWord(&generator) : "w\(Int.random(in: 0...20, using: &generator))"))
      }
    }
    for _ in 0..<120 {
      let required = words(1...2)
      let query = Query.required(required.count == 1 ? required[0] : .and(required), optional: words(1...3))
      try expectPrunedIsExact(query, on: snapshot, seed: 700 + seed, &generator)
    }
  }

  @Test(
    "So does any other pruned query, nested and filtered", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func anyQuery(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 100 + seed)
    let snapshot = try archive(ofSeed: seed, &generator)
    for round in 0..<90 {
      try expectPrunedIsExact(randomQuery(&generator, depth: round % 4), on: snapshot, seed: 100 + seed, &generator)
    }
  }
}
