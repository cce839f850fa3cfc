extension Query {
  /// Where an article's text matches: the word positions, by field, of the occurrences that made this query match it, and nothing else.
  ///
  /// `words` holds the analyzed words of each field in order. The intervals of a field ascend by first and then last position. Parts of the query that did not match,
  /// or that stand under `not`, give none; neither do filters.
  ///
  /// Complexity: O(words · leaves of the query).
  package func matchedIntervals(in words: [TextField: [String]]) -> [TextField: [ClosedRange<Int>]] { [:] }
}
