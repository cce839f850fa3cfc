import QueryLanguage

/// The writing side of a backend inside one transaction, whose changes are committed together.
///
/// Every call sees what the calls before it did: what was added can be deleted again, and what was deleted can be added again.
///
/// Errors of every call are ``SearchError``.
public protocol ArticleWriter: AnyObject {
  /// Adds an article, or puts it in the place of the one that has its id. The outcome says which.
  ///
  /// Of several articles with one id the last one stays, also within one transaction. Two ids are the same where their UTF-8
  /// bytes are.
  ///
  ///     there is a: "ash"     add(a: "ash") → .unchanged     add(a: "fir") → .replaced     add(b: "ash") → .added
  ///
  /// Complexity: O(length of the article and of the one that it replaces), and a look-up of the id.
  func add(_ article: Article) async throws -> AdditionOutcome

  /// Deletes the article with this id; false where there is none.
  ///
  /// Complexity: O(length of the article), and a look-up of the id.
  func delete(id: String) async throws -> Bool

  /// Deletes all articles that match, those added in this transaction included, and returns how many there were.
  ///
  /// A query from text that had to be repaired may match more than its author meant: see ``ParsedQuery/notes``.
  ///
  /// Errors: `.invalidRequest` for a query that no search would take; nothing is deleted then.
  ///
  /// Complexity: that of counting the matches, and O(length) of each of them.
  func delete(matching query: Query) async throws -> Int

  /// Deletes the articles for whose id `isDoomed` says true, and returns how many there were.
  ///
  /// It is asked once about each article that the index would hold if the transaction ended here, in no stated order. Where it
  /// throws, its error is thrown on and nothing is deleted by this call.
  ///
  ///     try await writer.delete { !idsOfTheArchive.contains($0) }
  ///
  /// Complexity: O(articles in the index), and O(length) of each article that is deleted.
  func delete(where isDoomed: (_ id: String) throws -> Bool) async throws -> Int
}

/// What became of an article that was added.
public enum AdditionOutcome: Hashable, Sendable {
  /// It is new.
  case added
  /// It took the place of an article with the same id and other content.
  case replaced
  /// An article with this id and the same content is there already; nothing was done. Where an article was read from is no part
  /// of its content.
  case unchanged
  /// It exceeds a limit, which is named. It was not taken, and an article with its id stays as it is.
  case refused(reason: String)
}
