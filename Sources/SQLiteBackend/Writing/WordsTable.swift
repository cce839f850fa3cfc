import GRDB

/// The FTS5 table `words` inside a transaction: puts the words of articles in and takes them out.
struct WordsTable {
  /// What FTS5 gets an article's words from.
  enum Source {
    /// Title and body as the article has them.
    case text(title: String, body: String)
    /// The words of title and body, each with a NUL behind it: no analyzer makes a word with a NUL.
    case words(title: [UInt8], body: [UInt8])
  }

  /// The number of words of an article, by field.
  struct Counts {
    var title: Int64
    var body: Int64
  }

  private let insertion: Statement
  private let deletion: Statement
  private let counter: WordCounter

  /// The table as a connection sees it whose tokenizer has this counter.
  init(_ counter: WordCounter, on database: Database) throws {
    self.counter = counter
    insertion = try Statement("INSERT INTO words(rowid, title, body) VALUES (?1, ?2, ?3)", on: database)
    deletion = try Statement("INSERT INTO words(words, rowid, title, body) VALUES ('delete', ?1, ?2, ?3)", on: database)
  }

  /// Puts the words of an article in, and counts them.
  func add(_ source: Source, _ number: Int64) throws -> Counts { try run(insertion, source, number) }

  /// Takes the words of an article out, and counts them.
  ///
  /// `source` must hold the very words that were put in under this number: FTS5 takes its word for it, and would leave others
  /// behind.
  func remove(_ source: Source, _ number: Int64) throws -> Counts { try run(deletion, source, number) }

  private func run(_ statement: Statement, _ source: Source, _ number: Int64) throws -> Counts {
    counter.wordCounts.removeAll(keepingCapacity: true)
    try statement.bind(number, at: 1)
    let isEmpty: (title: Bool, body: Bool)
    switch source {
    case .text(let title, let body):
      counter.takesWordsAsTheyAre = false
      isEmpty = (title.isEmpty, body.isEmpty)
      try statement.bind(title, at: 2)
      try statement.bind(body, at: 3)
    case .words(let title, let body):
      counter.takesWordsAsTheyAre = true
      isEmpty = (title.isEmpty, body.isEmpty)
      try statement.bind(title, at: 2)
      try statement.bind(body, at: 3)
    }
    try statement.run()
    // FTS5 takes the columns in order, and the tokenizer counts no empty text.
    var counts = counter.wordCounts[...]
    let titleCount = isEmpty.title ? 0 : counts.popFirst() ?? 0
    let bodyCount = isEmpty.body ? 0 : counts.popFirst() ?? 0
    return Counts(title: Int64(titleCount), body: Int64(bodyCount))
  }
}
