import IndexStorage

/// Which stored records of a segment a merge keeps: all of them, or those of live documents where some are not needed any more.
struct KeptRecords {
  /// The records that are kept, ascending; nil for all, whose blocks are then copied as they are.
  let ordinals: [Int]?
  /// How many they are.
  let count: Int
  /// By record, its place among those kept.
  private var places: [UInt32] = []

  /// - Complexity: O(documents) where something was deleted or replaced.
  init(of segment: SegmentReader) throws(StorageError) {
    let recordCount = segment.summaries.recordCount
    guard segment.liveCount < recordCount else {
      ordinals = nil
      count = recordCount
      return
    }
    var isKept = [Bool](repeating: false, count: recordCount)
    for document in 0..<segment.documentCount where segment.isLive(document) {
      isKept[try segment.storeOrdinal(document)] = true
    }
    let kept = isKept.indices.filter { isKept[$0] }
    places = Array(repeating: 0, count: recordCount)
    for (place, ordinal) in kept.enumerated() { places[ordinal] = UInt32(place) }
    ordinals = kept
    count = kept.count
  }

  /// The place of a record that is kept.
  func place(of ordinal: Int) -> Int { ordinals == nil ? ordinal : Int(places[ordinal]) }
}
