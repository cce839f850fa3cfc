import IndexStorage
import InvertedIndex
import QueryLanguage
import SearchAPI

/// Gathers what an index holds.
enum NativeStatistics {
  static func read(_ snapshot: IndexSnapshot, manifestByteCount: Int) throws(StorageError) -> IndexStatistics {
    var parts: [IndexStatistics.Part] = []
    for file in SegmentFile.allCases {
      let byteCount = snapshot.segments.reduce(0) { sum, segment in
        sum + (file.rawValue < segment.info.files.count ? segment.info.files[file.rawValue].byteCount : 0)
      }
      if file != .texts || snapshot.manifest.schema.storesText {
        parts.append(IndexStatistics.Part(name: file.title, byteCount: byteCount))
      }
    }
    parts.append(
      IndexStatistics.Part(
        name: "deletions", byteCount: snapshot.segments.reduce(0) { $0 + ($1.info.deletions?.file.byteCount ?? 0) }))
    parts.append(IndexStatistics.Part(name: "manifest", byteCount: manifestByteCount))
    return IndexStatistics(
      articleCount: snapshot.liveCount, wordCount: liveWordCount(snapshot),
      distinctWordCount: snapshot.segments.reduce(0) { $0 + $1.terms.termCount }, dates: try dates(snapshot),
      segmentCount: snapshot.segments.count, storesText: snapshot.manifest.schema.storesText, partSizes: parts)
  }

  /// The words of the articles that are not deleted.
  private static func liveWordCount(_ snapshot: IndexSnapshot) -> Int {
    snapshot.segments.reduce(0) { sum, segment in
      guard segment.deleted != nil else { return sum + Int(clamping: segment.info.wordCount) }
      return (0..<segment.documentCount).reduce(sum) { sum, document in
        sum + (segment.isLive(document) ? Int(segment.lengths.total[document]) : 0)
      }
    }
  }

  /// The first and last date: among the last and the first dated documents of each segment, for they lie newest first. Dates that
  /// start at the same moment may be of different precision, so all of those are looked at.
  private static func dates(_ snapshot: IndexSnapshot) throws(StorageError) -> ClosedRange<String>? {
    var dates: [ArticleDate] = []
    for segment in snapshot.segments where segment.datedCount > 0 {
      let last = segment.datedCount - 1
      for (end, step) in [(0, 1), (last, -1)] {
        var document = end
        while (0...last).contains(document), !segment.isLive(document) { document += step }
        guard (0...last).contains(document) else { continue }
        let key = try segment.sortKey(document)
        while (0...last).contains(document), try segment.sortKey(document) == key {
          if segment.isLive(document), let date = try segment.date(document) { dates.append(ArticleDate(date)) }
          document += step
        }
      }
    }
    guard let first = dates.min(), let last = dates.max() else { return nil }
    let (start, end) = (first.description, last.description)
    // Of equal moments the coarser comes first, so the texts ascend as the dates do.
    return start <= end ? start...end : nil
  }
}
