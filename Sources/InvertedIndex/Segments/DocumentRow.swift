/// The numbers of a document that do not depend on fields.
struct DocumentRow {
  var date: DocumentDate?
  var storeOrdinal: UInt64
  var identityRank: UInt64
  var contentHash: UInt64
}
