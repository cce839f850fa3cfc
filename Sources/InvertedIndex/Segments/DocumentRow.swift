/// The numbers of a document that do not depend on fields.
struct DocumentRow {
  var date: DocumentDate?
  var storeOrdinal: UInt64
  var identityRank: UInt64
  var contentHash: UInt64

  /// The first day the date covers; `replacement` for an undated document.
  func day(orElse replacement: Int32) -> Int64 {
    guard let date else { return Int64(replacement) }
    return Int64(date.day)
  }

  /// The second of the day; 0 for an undated document.
  var second: UInt64 {
    guard let date else { return 0 }
    return UInt64(date.second)
  }

  /// How finely the date is known, as the column says it.
  var datePrecision: UInt64 {
    guard let date else { return Column.undated }
    return UInt64(date.precision)
  }
}
