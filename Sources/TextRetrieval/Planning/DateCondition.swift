import IndexStorage
import InvertedIndex
import QueryLanguage

/// A date range as ranges of document numbers.
///
/// Documents lie newest first by the first day their date covers, so the dates that start inside the range are one run of
/// documents. Dates that name only a month or a year may start before the range and still reach into it; those are looked for
/// among the documents of the year before.
enum DateCondition {
  /// The documents whose date overlaps a range: ascending ranges that do not touch.
  ///
  /// Complexity: O(log documents), and O(documents of one year) where the segment has dates that name only a month or a year.
  static func documents(in range: DateRange, of segment: SegmentReader) throws(StorageError) -> [Range<Int>] {
    guard range.firstDay <= range.lastDay else { return [] }
    let starting = try segment.documents(startingIn: range.firstDay...range.lastDay)
    var ranges = starting.isEmpty ? [] : [starting]
    let coarsest = ArticleDate.Precision.month.rawValue
    let earliest = Int64(range.firstDay) - 366
    guard segment.mayHaveDates(to: coarsest), earliest >= Int64(Int32.min) else { return ranges }
    let before = try segment.documents(startingIn: Int32(earliest)...range.firstDay - 1)
    for document in try segment.documents(in: before, datedTo: coarsest) {
      guard let date = try segment.date(document), let precision = ArticleDate.Precision(rawValue: date.precision),
        ArticleDate(firstDay: date.day, precision: precision).lastDay >= range.firstDay
      else { continue }
      if let last = ranges.last, last.upperBound == document {
        ranges[ranges.count - 1] = last.lowerBound..<document + 1
      } else {
        ranges.append(document..<document + 1)
      }
    }
    return ranges
  }
}
