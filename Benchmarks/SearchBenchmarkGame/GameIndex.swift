import IndexStorage
import InvertedIndex
import NativeBackend
import QueryLanguage
import TextAnalysis
import TextRetrieval

/// An index open for the game: queries in its syntax, answered without stored fields, as the other engines of the game do.
struct GameIndex {
  let snapshot: IndexSnapshot
  private let searcher: Searcher
  private let parameters: ScoringParameters
  private let ranking: DocumentRanking

  init(
    openingAt path: String, exhaustively: Bool = false, ranking: DocumentRanking = .relevance
  ) throws(StorageError) {
    self.ranking = ranking
    snapshot = try IndexSnapshot.open(try FileSystemDirectory(path: path, mapsFiles: true))
    searcher = Searcher(snapshot, exhaustively ? .exhaustive : .pruned)
    parameters = ScoringParameters(k1: 1.2, b: 0.75, fieldWeights: snapshot.manifest.schema.textFields.map { _ in 1 })
  }

  /// Reads a query as the game does: `a b` is a or b, `+a +b` both, `"a b"` side by side, `-a` without a.
  static func parse(_ text: String) -> Query {
    QueryParser { Analyzer().terms(in: $0) }.parse(text, QueryOptions(joinsWithOr: true)).query
  }

  /// The best documents and, where the command counts, the number of matches.
  func run(_ command: GameCommand, _ query: Query) throws(StorageError) -> (documents: [FoundDocument], matchCount: Int) {
    switch command {
    case .count:
      try searcher.search(query, parameters: parameters, ranking: ranking, limit: 0, countsMatches: true)
    case .top(let limit, let counts):
      try searcher.search(query, parameters: parameters, ranking: ranking, limit: limit, countsMatches: counts)
    }
  }

  /// The id of a found document.
  func id(_ document: FoundDocument) throws(StorageError) -> String {
    try snapshot.segments[document.segment].id(document.document)
  }
}
