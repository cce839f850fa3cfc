import QueryLanguage
import SearchAPI
import TextAnalysis

/// Random archives with skewed words, many equal texts and dates, and the random queries that fit them.
struct ArchiveGenerator {
  private var random: SeededGenerator
  private let vocabularySize: Int
  private var bodies: [[String]] = []
  private(set) var articles: [Article] = []

  init(seed: UInt64, articleCount: Int) {
    random = SeededGenerator(seed: seed)
    vocabularySize = [12, 60, 400, 3_000].randomElement(using: &random)!
    for number in 0..<articleCount { articles.append(article(number)) }
    articles.shuffle(using: &random)
  }

  private mutating func article(_ number: Int) -> Article {
    // Every third body is a copy of an earlier one, so that scores tie.
    let body = random.happens(0.35) ? bodies.randomElement(using: &random) ?? [] : words(upTo: random.happens(0.1) ? 400 : 60)
    bodies.append(body)
    let title = random.happens(0.3) ? [] : words(upTo: 8)
    var keywords: [KeywordField: String] = [:]
    for field in KeywordField.allCases where random.happens(0.6) {
      keywords[field] = ["Alpha", "alpha ", "Beta Gamma", "beta-gamma", "Delta", "", "Ünïcode"].randomElement(using: &random)!
    }
    return Article(
      id: ["a", "é", "x/", "ZZ ", "😀"].randomElement(using: &random)! + "\(number)", title: text(title), body: text(body),
      date: date(),
      keywords: keywords, url: random.happens(0.5) ? "https://example.org/\(number)" : nil, origin: "random#\(number)")
  }

  private mutating func words(upTo count: Int) -> [String] {
    (0..<Int.random(in: 0...count, using: &random)).map { _ in word() }
  }

  private mutating func word() -> String { "w\(random.skewed(below: vocabularySize))" }

  private mutating func text(_ words: [String]) -> String {
    words.reduce(into: "") { text, word in
      text +=
        (random.happens(0.1) ? word.uppercased() : word) + (random.happens(0.1) ? ". " : random.happens(0.02) ? "\n\n" : " ")
    }
  }

  private mutating func date() -> ArticleDate? {
    let year = random.happens(0.5) ? 1987 : Int.random(in: 1950...1990, using: &random)
    let month = Int.random(in: 1...12, using: &random)
    let monthText = month < 10 ? "0\(month)" : "\(month)"
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return nil
    case 1: return ArticleDate("\(year)")
    case 2: return ArticleDate("\(year)-\(monthText)")
    case 3: return ArticleDate("\(year)-\(monthText)-01T00:00:0\(Int.random(in: 0...9, using: &random))")
    default: return ArticleDate("\(year)-\(monthText)-0\(Int.random(in: 1...3, using: &random))")
    }
  }

  /// A random request for these articles.
  mutating func request() -> SearchRequest {
    var scoring = BM25Parameters()
    if random.happens(0.5) {
      scoring = BM25Parameters(
        k1: [0, 0.5, 0.9, 1.2, 2].randomElement(using: &random)!, b: [0, 0.4, 0.75, 1].randomElement(using: &random)!,
        fieldWeights: [[:], [.title: 3], [.title: 2.5, .body: 0.5], [.title: 0], [.body: 0], [.title: 0, .body: 0]].randomElement(
          using: &random)!)
    }
    return SearchRequest(
      query(depth: random.happens(0.02) ? 12 : Int.random(in: 1...4, using: &random)),
      limit: [1, 2, 3, 10, 10, 10, 100, 1_000].randomElement(using: &random)!,
      offset: [0, 0, 0, 1, 7, 250].randomElement(using: &random)!,
      order: random.happens(0.7) ? .relevance : ResultOrder.allCases.randomElement(using: &random)!,
      scoring: scoring, countsMatches: random.happens(0.5),
      passageLength: random.happens(0.1) ? Int.random(in: 1...300, using: &random) : nil)
  }

  private mutating func query(depth: Int) -> Query {
    guard depth > 1 else { return leaf() }
    // Deep queries stay narrow.
    func parts(_ generator: inout ArchiveGenerator) -> [Query] {
      if depth > 4 { return [generator.query(depth: depth - 1), generator.leaf()].shuffled(using: &generator.random) }
      let count =
        generator.random.happens(0.05)
        ? Int.random(in: 5...20, using: &generator.random) : Int.random(in: 1...3, using: &generator.random)
      return (0..<count).map { _ in generator.query(depth: Int.random(in: 1...depth - 1, using: &generator.random)) }
    }
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<7: return .and(parts(&self))
    case 7..<14: return .or(parts(&self))
    case 14: return .not(query(depth: depth - 1))
    case 15: return .and(parts(&self) + [.not(query(depth: depth - 1))])
    case 16..<18: return .required(query(depth: depth - 1), optional: parts(&self))
    default: return .boosted(query(depth: depth - 1), by: [0, 0.5, 1, 2, 3.7, 1e-6].randomElement(using: &random)!)
    }
  }

  private mutating func leaf() -> Query {
    let field = random.happens(0.2) ? TextField.allCases.randomElement(using: &random) : nil
    switch Int.random(in: 0..<40, using: &random) {
    case 0: return .everything
    case 1: return .nothing
    case 2: return .word("absent", in: field)
    case 3..<12: return phrase(in: field)
    case 12..<15:
      let value = ["alpha", "beta gamma", "delta", "", Analyzer().keyword("Ünïcode"), "absent"].randomElement(using: &random)!
      return .keyword(.init(KeywordField.allCases.randomElement(using: &random)!, value))
    case 15..<18:
      let first = ArticleDate("\(Int.random(in: 1950...1990, using: &random))-02-02")!.firstDay
      return .date(
        DateRange(
          firstDay: random.happens(0.2) ? .min : first, lastDay: first + [-1, 0, 30, 400, 4_000].randomElement(using: &random)!))
    default: return .word(word(), in: field)
    }
  }

  /// Words as they stand somewhere, so that most phrases match.
  private mutating func phrase(in field: TextField?) -> Query {
    let words = bodies.randomElement(using: &random) ?? []
    let count = Int.random(in: 2...4, using: &random)
    guard words.count >= count, random.happens(0.9) else { return .phrase(.init([word(), word()], in: field)) }
    let start = Int.random(in: 0...words.count - count, using: &random)
    return .phrase(.init(Array(words[start..<start + count]), in: field))
  }
}
