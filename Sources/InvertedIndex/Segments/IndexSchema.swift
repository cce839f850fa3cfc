/// What an index holds beside words: fixed when it is made.
package struct IndexSchema: Hashable, Sendable {
  /// The text fields in the order in which their words are laid out. The last is the main one, the others are "further fields".
  package var textFields: [String]
  /// The keyword fields.
  package var keywordFields: [String]
  /// The rules the words come from.
  package var analyzer: String
  /// Whether the texts of articles are stored.
  package var storesText: Bool
  /// Whether pairs of frequent words are indexed, which makes phrases of them quick; see ``PairsFormat``.
  package var indexesPairs: Bool

  /// A schema of 1 to 8 text fields and up to 16 keyword fields.
  package init(textFields: [String], keywordFields: [String], analyzer: String, storesText: Bool, indexesPairs: Bool = true) {
    precondition(
      (1...Column.maximumFurtherFields + 1).contains(textFields.count) && keywordFields.count <= Column.maximumKeywordFields,
      "an index has 1 to 8 text fields and at most 16 keyword fields")
    self.textFields = textFields
    self.keywordFields = keywordFields
    self.analyzer = analyzer
    self.storesText = storesText
    self.indexesPairs = indexesPairs
  }

  var furtherFieldCount: Int { textFields.count - 1 }
}
