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
    parts.append(IndexStatistics.Part(name: "manifest", byteCount: manifestByteCount))
    return IndexStatistics(
      articleCount: snapshot.documentCount, wordCount: snapshot.wordCounts.reduce(0) { $0 + Int(clamping: $1) },
      distinctWordCount: snapshot.segments.reduce(0) { $0 + $1.terms.termCount }, dates: try dates(snapshot),
      segmentCount: snapshot.segments.count, storesText: snapshot.manifest.schema.storesText, partSizes: parts)
  }

  /// The first and last date: the last and first dated documents of the segments, which lie newest first.
  private static func dates(_ snapshot: IndexSnapshot) throws(StorageError) -> ClosedRange<String>? {
    var dates: [ArticleDate] = []
    for segment in snapshot.segments where segment.datedCount > 0 {
      for document in [0, segment.datedCount - 1] {
        if let date = try segment.date(document) { dates.append(ArticleDate(date)) }
      }
    }
    guard let first = dates.min(), let last = dates.max() else { return nil }
    return first.description...last.description
  }
}
