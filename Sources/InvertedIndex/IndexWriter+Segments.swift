import IndexStorage

/// Gathering articles into segments, writing and merging them: here, one after the other, or elsewhere at the same time.
extension IndexWriter {
  // MARK: One after the other

  /// Takes note of the next article, of about so many words, and returns the builder that is to get it; a full one is flushed first.
  ///
  /// An article with the same id must have been deleted before.
  package func builder(forID id: String, contentHash: UInt64, words count: Int) throws(StorageError) -> SegmentBuilder {
    try step { () throws(StorageError) in
      precondition(growing.count <= 1, "segments that grow side by side are dealt out to by whoever started them")
      if let segment = growing.first, segment.identities.count > 0, isFull(segment, forWords: count) {
        try flush()
        try mergeWhereDue()
      }
      let builder = if let segment = growing.first { segment.builder } else { try makeBuilder() }
      growing[0].identities.append(id: id, contentHash: contentHash)
      return builder
    }
  }

  /// Merges all segments into one, which leaves out what is deleted; a single segment of which nothing is deleted stays as it
  /// is. The commit then gives the space of everything it does not name back at once.
  ///
  /// Until then the disk holds the old segments and the new one.
  package func compact() throws(StorageError) {
    try step { () throws(StorageError) in
      try flush()
      applyDeletions()
      givesSpaceBack = true
      guard segments.count > 1 || segments.contains(where: { $0.deleted != nil }) else { return }
      try merge(segments)
    }
  }

  /// Writes all that is in memory.
  func flush() throws(StorageError) {
    while let segment = growing.first {
      if let flush = beginFlush(of: segment.builder) { try finish(flush, with: try flush.run()) }
    }
  }

  func mergeWhereDue() throws(StorageError) {
    while let merge = try beginMergeWhereDue() { try finish(merge, with: try merge.run()) }
  }

  private func merge(_ sources: [SegmentReader]) throws(StorageError) {
    guard let merge = beginMerge(of: sources) else { return }
    try finish(merge, with: try merge.run())
  }

  // MARK: Elsewhere, at the same time

  /// The bytes after which a segment under construction is written.
  package var builderByteCount: Int { options.builderByteCount }

  /// Whether segments are being merged elsewhere.
  package var isMerging: Bool { !merging.isEmpty }

  /// Starts one more segment, for ``append(_:to:)``.
  package func startSegment() throws(StorageError) -> SegmentBuilder {
    try step { () throws(StorageError) in try makeBuilder() }
  }

  /// Takes note that the live ones of these articles are to be given to a builder next, and returns their places among them.
  package func append(_ articles: ArticleIdentities, to builder: SegmentBuilder) -> [Int] {
    guard let index = growing.firstIndex(where: { $0.builder === builder }) else { return [] }
    return growing[index].identities.append(liveOf: articles)
  }

  /// Whether a builder, which must be at rest, has to be flushed before it gets about so many words more.
  package func isFull(_ builder: SegmentBuilder, forWords count: Int) -> Bool {
    growing.contains { $0.builder === builder && $0.identities.count > 0 && isFull($0, forWords: count) }
  }

  /// The work of writing a builder's segment; nil where no article is left in it, and its files are removed then.
  ///
  /// The builder belongs to the work from now on. ``finish(_:with:)-(SegmentFlush,_)`` takes the segment in.
  package func beginFlush(of builder: SegmentBuilder) -> SegmentFlush? {
    guard let index = growing.firstIndex(where: { $0.builder === builder }) else { return nil }
    guard growing[index].identities.liveCount > 0 else {
      growing.remove(at: index)
      builder.abandon()
      return nil
    }
    growing[index].isBeingWritten = true
    return SegmentFlush(
      builder: builder, identities: growing[index].identities, directory: directory, indexID: manifest.indexID,
      schema: manifest.schema)
  }

  /// Takes a written segment in, and deletes from it what was deleted while it was written.
  package func finish(_ flush: SegmentFlush, with segment: SegmentReader) throws(StorageError) {
    try step { () throws(StorageError) in
      guard let index = growing.firstIndex(where: { $0.builder === flush.builder }) else { return }
      segments.append(segment)
      written.flushCount += 1
      written.flushedByteCount += segment.info.byteCount
      for id in growing.remove(at: index).deletedWhileWritten {
        if let document = try segment.document(withID: id) { _ = delete(document, of: segment) }
      }
    }
  }

  /// The work of merging segments, where the policy wants it; segments of which nothing is left are let go of on the way.
  package func beginMergeWhereDue() throws(StorageError) -> SegmentMerge? {
    try step { () throws(StorageError) in
      applyDeletions()
      while true {
        let candidates = segments.filter { !merging.contains($0.info.id) }
        let sizes = candidates.map {
          MergePolicy.Segment(
            id: $0.info.id, byteCount: $0.info.byteCount, documentCount: $0.documentCount, liveCount: $0.liveCount)
        }
        guard let ids = options.mergePolicy.merge(of: sizes) else { return nil }
        if let merge = beginMerge(of: candidates.filter { ids.contains($0.info.id) }) { return merge }
      }
    }
  }

  /// The work of merging these segments; nil where nothing is left of any of them, and they are let go of.
  private func beginMerge(of sources: [SegmentReader]) -> SegmentMerge? {
    guard sources.contains(where: { $0.liveCount > 0 }) else {
      letGo(of: sources)
      return nil
    }
    merging.formUnion(sources.map(\.info.id))
    return SegmentMerge(
      sources: sources,
      merger: SegmentMerger(
        sources, directory: directory, indexID: manifest.indexID, segmentID: takeNumber(), schema: manifest.schema,
        memoryByteCount: options.builderByteCount))
  }

  /// Puts a merged segment in the place of its sources, and deletes from it what was deleted from them since the merging began.
  package func finish(_ merge: SegmentMerge, with segment: SegmentReader) throws(StorageError) {
    try step { () throws(StorageError) in
      segments.append(segment)
      written.mergeCount += 1
      written.mergedByteCount += segment.info.byteCount
      for source in merge.sources {
        guard let deleted = deletions[source.info.id], deleted != source.deleted else { continue }
        for document in 0..<source.documentCount where deleted.contains(document) && source.isLive(document) {
          if let document = try segment.document(withID: try source.id(document)) { _ = delete(document, of: segment) }
        }
      }
      letGo(of: merge.sources)
    }
  }

  private func letGo(of sources: [SegmentReader]) {
    let ids = Set(sources.map(\.info.id))
    segments.removeAll { ids.contains($0.info.id) }
    merging.subtract(ids)
    // Those of this transaction are named by no manifest; those of the last commit stay until the next one is durable.
    for id in ids where !committed.contains(id) { SegmentFile.removeAll(ofNumber: id, from: directory) }
  }

  // MARK: Both

  private func makeBuilder() throws(StorageError) -> SegmentBuilder {
    let builder = try SegmentBuilder(
      directory: directory, indexID: manifest.indexID, segmentID: takeNumber(), schema: manifest.schema,
      memoryByteCount: options.builderByteCount)
    growing.append(GrowingSegment(builder: builder))
    return builder
  }

  private func isFull(_ segment: GrowingSegment, forWords count: Int) -> Bool {
    !segment.builder.hasRoom(forWords: count)
      || segment.builder.byteCount + segment.identities.byteCount >= options.builderByteCount
  }

  /// A number for the files of a segment, or of deletions, that was never used.
  func takeNumber() -> UInt64 {
    defer { manifest.nextSegmentID += 1 }
    return manifest.nextSegmentID
  }
}
