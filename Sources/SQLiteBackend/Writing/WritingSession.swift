import GRDB
import QueryLanguage
import SearchAPI
import TextAnalysis

/// The prepared statements and running sums of a transaction: the only code that adds, changes and removes rows.
///
/// Invariants: a row of `article`, and of `body` where there is such a table, is there for each article that the index would hold
/// if the transaction ended here. At commit the words of exactly these articles are in `words`, and their numbers are 1 to N. In
/// between, `vacantNumbers` have no article, and `wordsLeftBehind` have no article but words.
struct WritingSession {
  /// Articles added and removed so far.
  private(set) var changeCount: Int64 = 0
  private var state: IndexState
  /// The highest number in use, vacant or left behind.
  private var lastNumber: Int64
  /// Numbers to be used again.
  private var vacantNumbers: [Int64] = []
  /// Articles removed whose words have yet to be taken out: without stored text, ``finish(on:)`` finds those of all articles in one
  /// pass over the index.
  private var wordsLeftBehind: Set<Int64> = []

  private let words: WordsTable
  private let find: Statement
  private let addArticle: Statement
  private let removeArticle: Statement
  /// Nil where text is not stored.
  private let body: BodyTable?

  init(_ counter: WordCounter, on database: Database) throws {
    state = try IndexState(on: database)
    lastNumber = state.articleCount
    words = try WordsTable(counter, on: database)
    find = try Statement("SELECT number, fingerprint FROM article WHERE id = ?1", on: database)
    let keywordColumns = KeywordField.allCases.flatMap { [Schema.column(of: $0), Schema.comparedColumn(of: $0)] }
    let columns =
      [
        "number", "id", "date", "first_day", "last_day", "second", "precision", "sort_key", "title", "url", "origin",
        "fingerprint", "row_fingerprint",
      ] + keywordColumns
    let parameters = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
    addArticle = try Statement("INSERT INTO article(\(columns.joined(separator: ", "))) VALUES (\(parameters))", on: database)
    removeArticle = try Statement("DELETE FROM article WHERE number = ?1", on: database)
    body = state.storesText ? try BodyTable(on: database) : nil
  }

  // MARK: - Adding

  mutating func add(_ article: Article) throws -> AdditionOutcome {
    let fingerprint = ContentFingerprint(of: article).bytes
    guard let present = try present(id: article.id) else {
      try insert(article, fingerprint)
      return .added
    }
    if present.fingerprint == fingerprint { return .unchanged }
    try delete(present.number)
    try insert(article, fingerprint)
    return .replaced
  }

  private mutating func insert(_ article: Article, _ fingerprint: [UInt8]) throws {
    // The number that became vacant last: an article that replaces another takes its number, and FTS5, which wants its numbers in
    // ascending order, takes both changes together.
    let number = vacantNumbers.popLast() ?? lastNumber + 1
    lastNumber = max(lastNumber, number)
    try bind(article, number, fingerprint)
    try addArticle.run()
    try body?.add(article.body, number)
    state.add(try words.add(.text(title: article.title, body: article.body), number))
    state.articleCount += 1
    changeCount += 1
  }

  private func present(id: String) throws -> (number: Int64, fingerprint: [UInt8])? {
    try find.bind(Array(id.utf8), at: 1)
    defer { find.reset() }
    return try find.step() ? (find.integer(0), find.bytes(1)) : nil
  }

  private func bind(_ article: Article, _ number: Int64, _ fingerprint: [UInt8]) throws {
    try addArticle.bind(number, at: 1)
    try addArticle.bind(Array(article.id.utf8), at: 2)
    try addArticle.bind(article.date?.description, at: 3)
    let days = [
      article.date.map { Int64($0.firstDay) }, article.date.map { Int64($0.lastDay) }, article.date.map { Int64($0.second) },
      article.date.map { Int64($0.precision.rawValue) }, article.date?.sortKey,
    ]
    for (index, value) in days.enumerated() { try addArticle.bind(value, at: Int32(4 + index)) }
    try addArticle.bind(article.title, at: 9)
    try addArticle.bind(article.url, at: 10)
    try addArticle.bind(article.origin, at: 11)
    try addArticle.bind(fingerprint, at: 12)
    try addArticle.bind(ContentFingerprint(ofRow: article, content: fingerprint).bytes, at: 13)
    var index: Int32 = 14
    for field in KeywordField.allCases {
      let value = article.keywords[field]
      try addArticle.bind(value, at: index)
      try addArticle.bind(value.map { Analyzer().keyword($0) }, at: index + 1)
      index += 2
    }
  }

  // MARK: - Deleting

  mutating func delete(id: String) throws -> Bool {
    guard let present = try present(id: id) else { return false }
    try delete(present.number)
    return true
  }

  /// Deletes articles by their numbers.
  mutating func delete(_ numbers: [Int64]) throws {
    for number in numbers { try delete(number) }
  }

  private mutating func delete(_ number: Int64) throws {
    if let body {
      state.remove(try words.remove(try body.text(number), number))
      try body.remove(number)
      vacantNumbers.append(number)
    } else {
      wordsLeftBehind.insert(number)
    }
    try removeArticle.bind(number, at: 1)
    try removeArticle.run()
    state.articleCount -= 1
    changeCount += 1
  }

  /// The articles that match, in ascending order.
  func numbers(matching query: Query, on database: Database) throws -> [Int64] {
    let gaps = wordsLeftBehind.union(vacantNumbers)
    var numbers: [Int64] = []
    try SetEvaluator.matches(of: query, state, lastNumber: lastNumber, on: database).forEach { number in
      if !gaps.contains(number) { numbers.append(number) }
    }
    return numbers
  }

  /// The articles whose id is doomed, in ascending order; or the first error that `isDoomed` gives.
  func numbers(on database: Database, isDoomed: (_ id: String) -> Result<Bool, any Error>) throws -> Result<[Int64], any Error> {
    let statement = try Statement("SELECT number, id FROM article", on: database)
    var numbers: [Int64] = []
    while try statement.step() {
      switch isDoomed(String(decoding: statement.bytes(1), as: UTF8.self)) {
      case .success(true): numbers.append(statement.integer(0))
      case .success(false): break
      case .failure(let error): return .failure(error)
      }
    }
    return .success(numbers.sorted())
  }

  // MARK: - The end

  /// Takes out words left behind, closes gaps between numbers, writes the sums, and merges the FTS5 index where most of it is new.
  mutating func finish(on database: Database) throws {
    try settleNumbers(on: database)
    state.generation += 1
    try state.store(on: database)
    // One segment answers fastest; merging costs a tenth of a first load, and is not worth it for a few articles more.
    if changeCount >= 256, changeCount * 2 >= state.articleCount {
      try database.run("INSERT INTO words(words) VALUES ('optimize')")
    }
  }

  /// Gives the numbers of removed articles to the last ones, so that numbers are 1 to N again.
  private mutating func settleNumbers(on database: Database) throws {
    let gaps = wordsLeftBehind.union(vacantNumbers)
    guard !gaps.isEmpty else { return }
    let moving = (state.articleCount + 1...lastNumber).filter { !gaps.contains($0) }
    // As many as move: the gaps above N, and the articles there, are as many as all gaps.
    let targets = gaps.filter { $0 <= state.articleCount }.sorted()
    // What is only taken out comes first, so that a number is free before an article moves to it.
    let moves = wordsLeftBehind.sorted().map { Move(from: $0, to: nil) } + zip(moving, targets).map { Move(from: $0, to: $1) }
    let size = movesPerRound
    for start in stride(from: 0, to: moves.count, by: size) {
      try settle(moves[start..<min(start + size, moves.count)], on: database)
    }
    lastNumber = state.articleCount
    vacantNumbers = []
    wordsLeftBehind = []
  }

  /// What becomes of a number's words: they go to another number, or away.
  private struct Move {
    let from: Int64
    let to: Int64?
  }

  /// How many articles' words are held in memory at once: about four million words.
  private var movesPerRound: Int {
    let countedArticles = state.articleCount + Int64(wordsLeftBehind.count)
    let meanLength = (state.titleWordCount + state.bodyWordCount) / max(countedArticles, 1)
    return Int((4 << 20) / max(meanLength, 1)) + 1
  }

  private mutating func settle(_ moves: ArraySlice<Move>, on database: Database) throws {
    let numbers = moves.map(\.from)
    let texts =
      if let body { try numbers.map { try body.text($0) } } else { try IndexedWords.of(numbers, on: database) }
    for (move, text) in zip(moves, texts) {
      let counts = try words.remove(text, move.from)
      if move.to == nil { state.remove(counts) }
    }
    let renumberings = try (["article"] + (body == nil ? [] : ["body"])).map { table in
      try Statement("UPDATE \(table) SET number = ?2 WHERE number = ?1", on: database)
    }
    for (move, text) in zip(moves, texts) {
      guard let target = move.to else { continue }
      for statement in renumberings {
        try statement.bind(move.from, at: 1)
        try statement.bind(target, at: 2)
        try statement.run()
      }
      _ = try words.add(text, target)
    }
  }
}

extension IndexState {
  /// Counts the words of an article that was added.
  fileprivate mutating func add(_ counts: WordsTable.Counts) {
    titleWordCount += counts.title
    bodyWordCount += counts.body
  }

  /// Counts the words of an article that was removed no longer.
  fileprivate mutating func remove(_ counts: WordsTable.Counts) {
    titleWordCount -= counts.title
    bodyWordCount -= counts.body
  }
}
