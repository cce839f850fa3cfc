import IndexStorage

/// An article as the stored records of a damaged segment still have it.
package struct SalvagedArticle: Sendable {
  /// Its id.
  package var id: String
  /// Its date.
  package var date: DocumentDate?
  /// What the store of summaries has of it.
  package var summary: DocumentSummary
  /// The text of its main field.
  package var text: String
  /// The hash of its content that it was added with; nil where that is damaged.
  package var contentHash: UInt64?
}

/// An article that cannot be read from a damaged segment.
package struct LostArticle: Hashable, Sendable {
  /// Its id, where that is known.
  package var id: String?
  /// The number of its document in the segment.
  package var document: Int
  /// The segment it is in.
  package var segmentID: UInt64
  /// The damaged file that keeps it from being read.
  package var file: String
  /// What is wrong with the file.
  package var reason: String

  /// A loss.
  package init(id: String?, document: Int, segmentID: UInt64, file: String, reason: String) {
    self.id = id
    self.document = document
    self.segmentID = segmentID
    self.file = file
    self.reason = reason
  }
}
