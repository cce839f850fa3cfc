import IndexStorage

/// What the index holds already, and deleting from it.
extension IndexWriter {
  /// The content hash of the article with an id, in the last commit or this transaction; nil where there is none.
  package func contentHash(ofID id: String) throws(StorageError) -> UInt64? {
    try step { () throws(StorageError) in
      for segment in growing {
        if let hash = segment.identities.contentHash(ofID: id) { return hash }
      }
      guard let (segment, document) = try find(id) else { return nil }
      return try segment.contentHash(document)
    }
  }

  /// The segment and document of an article that is neither deleted nor still in memory.
  func find(_ id: String) throws(StorageError) -> (segment: SegmentReader, document: Int)? {
    for segment in segments {
      if let document = try segment.document(withID: id), deletions[segment.info.id]?.contains(document) != true {
        return (segment, document)
      }
    }
    return nil
  }

  /// Deletes the article with an id, of the last commit or of this transaction; false where there is none.
  package func delete(id: String) throws(StorageError) -> Bool {
    try step { () throws(StorageError) in
      for index in growing.indices where growing[index].delete(id: id) { return true }
      guard let (segment, document) = try find(id) else { return false }
      return delete(document, of: segment)
    }
  }

  /// Deletes the articles for whose id the closure says true; returns how many. Where it throws, nothing is deleted.
  ///
  /// Complexity: O(articles).
  package func delete(where isDoomed: (_ id: String) throws -> Bool) throws -> Int {
    try step {}
    let doomedIDs = try growing.map { try $0.identities.liveIDs.filter(isDoomed) }
    var doomed: [(segment: SegmentReader, document: Int)] = []
    for segment in segments {
      var cursor = KeyTableCursor(segment.identities)
      while try step({ () throws(StorageError) in try cursor.advance() }) {
        let document = Int(cursor.payload.document)
        guard document < segment.documentCount, segment.isLive(document),
          deletions[segment.info.id]?.contains(document) != true
        else { continue }
        if try isDoomed(String(decoding: cursor.key, as: UTF8.self)) { doomed.append((segment, document)) }
      }
    }
    for (index, ids) in doomedIDs.enumerated() {
      for id in ids { _ = growing[index].delete(id: id) }
    }
    for (segment, document) in doomed { _ = delete(document, of: segment) }
    return doomedIDs.reduce(doomed.count) { $0 + $1.count }
  }

  /// Deletes those documents of a segment whose id another segment has too; returns how many.
  ///
  /// Complexity: O(documents of the segment · segments).
  package func deleteSuperseded(inSegment id: UInt64) throws(StorageError) -> Int {
    try step { () throws(StorageError) in
      try flush()
      guard let segment = segments.first(where: { $0.info.id == id }) else { return 0 }
      var count = 0
      for document in 0..<segment.documentCount {
        let articleID = try segment.id(document)
        for other in segments where other !== segment {
          guard let found = try other.document(withID: articleID), deletions[other.info.id]?.contains(found) != true else {
            continue
          }
          if delete(document, of: segment) { count += 1 }
        }
      }
      return count
    }
  }

  /// Deletes documents of a snapshot made by ``preview()``.
  package func delete(_ documents: [(segment: Int, document: Int)], of preview: IndexSnapshot) throws(StorageError) {
    try step { () throws(StorageError) in
      for found in documents { _ = delete(found.document, of: preview.segments[found.segment]) }
    }
  }

  /// Everything as it would be if the transaction ended here, to be searched. What is in memory is written first.
  ///
  /// Whatever was handed out to be built, written or merged elsewhere must have come back.
  package func preview() throws(StorageError) -> IndexSnapshot {
    try step { () throws(StorageError) in
      try flush()
      applyDeletions()
      return IndexSnapshot(manifest: manifest, segments: segments)
    }
  }

  func delete(_ document: Int, of segment: SegmentReader) -> Bool {
    deletions[segment.info.id, default: segment.deleted ?? DeletedDocuments(documentCount: segment.documentCount)]
      .insert(document)
  }

  /// Makes the segments know what this transaction deleted. Nothing is written yet.
  func applyDeletions() {
    for index in segments.indices {
      guard let deleted = deletions[segments[index].info.id], deleted != segments[index].deleted else { continue }
      segments[index] = SegmentReader(segments[index], info: segments[index].info, deleted: deleted)
    }
  }

  /// Writes what this transaction deleted, and lets go of segments of which nothing is left.
  func writeDeletions() throws(StorageError) {
    applyDeletions()
    segments.removeAll { $0.liveCount == 0 }
    for index in segments.indices {
      let segment = segments[index]
      guard let deleted = deletions[segment.info.id], deleted.count > segment.info.deletions?.count ?? 0 else { continue }
      var info = segment.info
      let file = try DeletionsFormat.write(
        deleted, ofSegment: info.id, number: takeNumber(), indexID: manifest.indexID, to: directory)
      info.deletions = SegmentInfo.Deletions(file: file, count: deleted.count)
      segments[index] = SegmentReader(segment, info: info, deleted: deleted)
    }
  }
}
