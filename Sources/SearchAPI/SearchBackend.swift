import QueryLanguage

/// An index of articles that can be written, searched and checked. Every engine stands behind this one protocol, and one
/// conformance suite holds them to it.
///
/// A backend may be used from many tasks at once. One `write` at a time runs; searches see the last committed state and nothing
/// of a write under way.
///
/// Matches, counts, orders by date and ``IndexStatistics/articleCount`` are those of the articles there are. Scores may lag behind:
/// their N, document frequencies and average length may count deleted and replaced articles until the backend has reclaimed their
/// space.
///
/// Errors of every call are ``SearchError``.
public protocol SearchBackend: Sendable {
  /// The backend's name as messages and records give it: `native`, `sqlite`.
  var name: String { get }

  /// What this backend can do. A request beyond it throws ``SearchError/unsupported(_:backend:)``; it never answers with a
  /// look-alike.
  var capabilities: Capabilities { get }

  /// Reads query text in the backend's own analyzer. Never fails: the result says how the text was understood and what was
  /// repaired.
  func parse(_ text: String, _ options: QueryOptions) -> ParsedQuery

  /// Runs one transaction: all changes made inside are committed together when `body` returns, and none of them when it throws.
  ///
  /// Returns what `body` returns, after the articles are safe on disk.
  func write<Result: Sendable>(_ body: (any ArticleWriter) async throws -> Result) async throws -> Result

  /// Finds the articles that match, in the order asked for.
  func search(_ request: SearchRequest) async throws -> SearchResponse

  /// The article with this id, or nil.
  func article(id: String) async throws -> Article?

  /// What the index holds and how large its parts are.
  func statistics() async throws -> IndexStatistics

  /// Makes the index as small and as quick to search as it can be: one segment, without a trace of what was deleted, and the room
  /// of the rest given back. A transaction of its own: it happens whole or not at all.
  ///
  /// Answers stay the same, but for scores, which no longer count what was deleted. Until it is done, the disk holds the old and the
  /// new: up to twice the size of the index.
  ///
  /// Complexity: O(bytes of the index).
  func compact() async throws -> CompactionReport

  /// Reads every byte and checks every invariant; problems are in the report, and only a failure to look at all is thrown.
  func verify() async throws -> VerificationReport

  /// Makes anew what ``verify()`` finds damaged, as far as it can be read from the articles that the index stores. A transaction of
  /// its own.
  ///
  /// What is sound stays as it is. What cannot be recovered is named in the report and goes from the index; its remains are put aside
  /// and not removed. Where nothing can be repaired, nothing is changed, and the report says why.
  func repair() async throws -> RepairReport
}
