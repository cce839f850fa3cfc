/// A piece of a text with the places in it that matched.
package struct Passage: Hashable, Sendable {
  /// The piece as it stands in the text, line breaks and all.
  package var text: String
  /// The matched places: offsets into the piece's UTF-8, ascending, not overlapping, each on character borders.
  package var marks: [Range<Int>]
  /// Whether the text has more than white space before the piece.
  package var isCutBefore: Bool
  /// Whether the text has more than white space after the piece.
  package var isCutAfter: Bool

  /// Makes a passage.
  package init(text: String, marks: [Range<Int>], isCutBefore: Bool, isCutAfter: Bool) {
    self.text = text
    self.marks = marks
    self.isCutBefore = isCutBefore
    self.isCutAfter = isCutAfter
  }
}
