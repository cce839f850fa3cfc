import GRDB

/// Finds the words of articles in the FTS5 index, from word to article the wrong way round.
///
/// FTS5 takes an article's words out only where it is told them, and where no text is stored nothing but the index knows them. (A
/// contentless table can do without since SQLite 3.43, with `contentless_delete`, in files that older versions cannot read.)
enum IndexedWords {
  /// The words of articles, in the order of the numbers.
  ///
  /// Complexity: one pass over every occurrence in the index, however few articles are asked for; memory for their words.
  static func of(_ numbers: [Int64], on database: Database) throws -> [WordsTable.Source] {
    // Only a table of the connection itself may look at another database's.
    try database.run("CREATE VIRTUAL TABLE IF NOT EXISTS temp.occurrence USING fts5vocab(main, words, instance)")
    let places = Dictionary(uniqueKeysWithValues: numbers.enumerated().map { ($1, $0) })
    var titles = Array(repeating: FieldWords(), count: numbers.count)
    var bodies = titles
    var terms: [[UInt8]] = []
    let statement = try Statement("SELECT doc, col, offset, term FROM occurrence", on: database)
    while try statement.step() {
      guard let place = places[statement.integer(0)] else { continue }
      let term = statement.bytes(3)
      if terms.last != term { terms.append(term) }
      let occurrence = (position: statement.integer(2), term: terms.count - 1)
      if statement.text(1) == "title" {
        titles[place].occurrences.append(occurrence)
      } else {
        bodies[place].occurrences.append(occurrence)
      }
    }
    return try zip(titles, bodies).map { .words(title: try $0.bytes(terms), body: try $1.bytes(terms)) }
  }

  /// The occurrences of words in one field of an article, in no order.
  private struct FieldWords {
    var occurrences: [(position: Int64, term: Int)] = []

    /// The words in order, each with a NUL behind it.
    func bytes(_ terms: [[UInt8]]) throws -> [UInt8] {
      var bytes: [UInt8] = []
      for (place, occurrence) in occurrences.sorted(by: { $0.position < $1.position }).enumerated() {
        guard occurrence.position == Int64(place) else {
          throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the words of an article have gaps")
        }
        bytes += terms[occurrence.term]
        bytes.append(0)
      }
      return bytes
    }
  }
}
