import QueryLanguage
import SearchAPI
import TextAnalysis

/// The oracle: a backend that keeps every article in memory and answers from the definitions, without an index.
///
/// It is the judge of the other backends and shares nothing with them but the analyzer, the query values and the passages. It
/// is slow on purpose: every search looks at every word of every article.
package final class ReferenceBackend: SearchBackend {
  package let name = "reference"
  package let capabilities = Capabilities(scoresExactly: true, weighsFields: true, detectsDamage: false)

  private let storesText: Bool
  private let shelf = Shelf()

  /// Makes an oracle without articles; `storesText` says whether bodies are given back.
  package init(storesText: Bool = true) { self.storesText = storesText }

  package func parse(_ text: String, _ options: QueryOptions) -> ParsedQuery {
    QueryParser { Analyzer().terms(in: $0) }.parse(text, options)
  }

  package func write<Result: Sendable>(_ body: (any ArticleWriter) async throws -> Result) async throws -> Result {
    let writer = ReferenceWriter(await shelf.beginWriting())
    do {
      let result = try await body(writer)
      await shelf.endWriting(replacement: writer.archive)
      return result
    } catch {
      await shelf.endWriting(replacement: nil)
      throw error
    }
  }

  package func search(_ request: SearchRequest) async throws -> SearchResponse {
    try request.validateByDefinition()
    let archive = await shelf.archive
    let scoring = try ReferenceScoring(request.query, request.scoring, archive)
    let matches = archive.articles.compactMap { article in
      scoring.evaluate(article).map { (article: article, score: $0) }
    }
    let ordered = matches.sorted { left, right in
      if request.order == .relevance, left.score != right.score { return left.score > right.score }
      return left.article.comes(before: right.article, oldestFirst: request.order == .oldest)
    }
    let hits = ordered.dropFirst(request.offset).prefix(request.limit)
    return SearchResponse(
      hits: hits.map { $0.article.hit(score: $0.score, request, storesText: storesText) },
      matchCount: request.countsMatches ? matches.count : nil)
  }

  package func article(id: String) async throws -> Article? {
    guard var article = await shelf.archive.article(id: id)?.article else { return nil }
    if !storesText { article.body = "" }
    return article
  }

  package func statistics() async throws -> IndexStatistics {
    let archive = await shelf.archive
    let dates = archive.articles.compactMap(\.article.date).sorted()
    return IndexStatistics(
      articleCount: archive.articles.count,
      wordCount: archive.articles.reduce(0) { $0 + $1.words(in: .title).count + $1.words(in: .body).count },
      distinctWordCount: archive.documentFrequencies.count { $0 > 0 },
      dates: dates.isEmpty ? nil : dates[0].description...dates[dates.count - 1].description,
      segmentCount: 1, storesText: storesText, partSizes: [])
  }

  package func compact() async throws -> CompactionReport {
    CompactionReport(segmentCount: .init(from: 1, to: 1), byteCount: .init(from: 0, to: 0), droppedArticleCount: 0)
  }

  package func verify() async throws -> VerificationReport { VerificationReport(byteCount: 0, fileCount: 0, problems: []) }

  package func repair() async throws -> RepairReport { RepairReport(problems: []) }
}

/// The committed articles, and the right to replace them, which one writer holds at a time.
private actor Shelf {
  private(set) var archive = ReferenceArchive()
  private var isWriting = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func beginWriting() async -> ReferenceArchive {
    if isWriting { await withCheckedContinuation { waiting.append($0) } }
    isWriting = true
    return archive
  }

  func endWriting(replacement: ReferenceArchive?) {
    if let replacement { archive = replacement }
    isWriting = !waiting.isEmpty
    if !waiting.isEmpty { waiting.removeFirst().resume() }
  }
}

/// The writing side of the oracle: a copy of its articles, which takes their place when the transaction is done.
private final class ReferenceWriter: ArticleWriter {
  var archive: ReferenceArchive

  init(_ archive: ReferenceArchive) { self.archive = archive }

  func add(_ article: Article) async throws -> AdditionOutcome {
    guard !article.id.isEmpty else { return .refused(reason: "its id is empty") }
    guard article.title.utf8.count + article.body.utf8.count <= 16 << 20 else {
      return .refused(reason: "its text exceeds 16 MiB")
    }
    guard let present = archive.article(id: article.id) else {
      archive.add(article)
      return .added
    }
    if present.hasContent(of: article) { return .unchanged }
    _ = archive.remove(id: article.id)
    archive.add(article)
    return .replaced
  }

  func delete(id: String) async throws -> Bool { archive.remove(id: id) }

  func delete(matching query: Query) async throws -> Int {
    try SearchRequest(query).validateByDefinition()
    let scoring = try ReferenceScoring(query, BM25Parameters(), archive)
    return remove(archive.articles.filter { scoring.evaluate($0) != nil })
  }

  func delete(where isDoomed: (_ id: String) throws -> Bool) async throws -> Int {
    remove(try archive.articles.filter { try isDoomed($0.article.id) })
  }

  private func remove(_ doomed: [ReferenceArticle]) -> Int {
    doomed.count { archive.remove(id: $0.article.id) }
  }
}
