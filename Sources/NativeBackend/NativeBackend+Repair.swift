import IndexStorage
import InvertedIndex
import QueryLanguage
import SearchAPI

extension NativeBackend {
  /// Makes damaged segments anew from the articles stored in them; sound ones are not touched.
  ///
  /// Words, positions, pairs, layout and columns follow from the stored text, title, keywords, date and id of an article, and are made
  /// again wherever those can be read. An article of which one of these is damaged is lost: the report names it, and copies of all files
  /// of its segment stay in the folder under names that end with `.damaged`.
  ///
  /// Where the record of what was deleted is damaged, articles come back rather than go: one that should not be there can be deleted
  /// again. Those that have a newer version elsewhere stay deleted.
  ///
  /// An index without stored text has nothing to be made anew from, but for the record of deletions. A damaged manifest is thrown as
  /// `.corrupt`: without it nobody knows which segments count and what is deleted.
  public func repair() async throws -> RepairReport {
    try await inTurn {
      let directory = directory
      let memoryByteCount = options.memoryByteCount
      let repair = try rethrowingAsSearchError(path: directory.path) { () throws(StorageError) in
        try IndexRepair(directory: directory, memoryByteCount: memoryByteCount)
      }
      do {
        var run = NativeRepair(repair, path: directory.path)
        try await run.rebuild()
        guard run.report.obstacle == nil, !run.report.problems.isEmpty else {
          repair.rollBack()
          return run.report
        }
        try Task.checkCancellation()
        await snapshots.replace(try run.commit())
        return run.report
      } catch {
        repair.rollBack(after: error)
        throw (error as? StorageError).map { SearchError($0, path: directory.path) } ?? error
      }
    }
  }
}

/// Adds the articles of damaged segments again, and keeps count.
struct NativeRepair {
  private(set) var report: RepairReport
  private let repair: IndexRepair
  private let writer: NativeWriter

  init(_ repair: IndexRepair, path: String) {
    self.repair = repair
    writer = NativeWriter(repair.writer, path: path)
    report = RepairReport(
      problems: repair.problems.map { VerificationReport.Problem(file: $0.file, reason: $0.reason) })
  }

  /// Does everything but the commit.
  mutating func rebuild() async throws {
    guard repair.segments.isEmpty || repair.writer.schema.storesText else {
      report.obstacle =
        "The index stores no text, so that there is nothing to make its damaged parts anew from. Index the archive again, into a new folder."
      return
    }
    for segment in repair.segments { try await add(segment) }
    for info in repair.withoutDeletions { try restoreDeletions(of: info) }
    report.keptAside = repair.keptAside
  }

  func commit() throws(StorageError) -> IndexSnapshot { try repair.commit() }

  private mutating func add(_ segment: SegmentSalvage) async throws {
    var recoveredCount = 0
    var supersededCount = 0
    var lost: [LostArticle] = []
    for document in 0..<segment.info.documentCount {
      try Task.checkCancellation()
      switch segment.document(document) {
      case .deleted: break
      case .lost(let loss): lost.append(loss)
      case .article(let salvaged):
        let article = Article(salvaged)
        if try repair.writer.contentHash(ofID: article.id) != nil {
          if segment.knowsDeletions {
            lost.append(segment.loss(of: document, file: "", reason: "another article of the index has its id"))
          } else {
            supersededCount += 1
          }
        } else if let hash = salvaged.contentHash, hash != article.contentHash {
          lost.append(segment.loss(of: document, file: "", reason: "what is stored of it is not what was added"))
        } else if case .refused(let reason) = try await writer.add(article) {
          lost.append(segment.loss(of: document, file: "", reason: reason))
        } else {
          recoveredCount += 1
        }
      }
    }
    report.rebuiltParts.append("segment \(segment.info.id), \(recoveredCount) of its articles")
    report.recoveredArticleCount += recoveredCount
    report.lostArticles += lost.map { loss in
      RepairReport.Loss(
        article: loss.id ?? "number \(loss.document) of segment \(loss.segmentID), whose id is lost", file: loss.file,
        reason: loss.reason)
    }
    let deletions = segment.info.deletions.map { [$0.file] } ?? []
    if !segment.knowsDeletions { remarkDeletions(of: segment.info, supersededCount) }
    if !lost.isEmpty {
      try repair.keepAside(segment.info.files + deletions)
    } else if !segment.knowsDeletions {
      try repair.keepAside(deletions)
    }
  }

  /// Deletes again what certainly was deleted: articles of which there is another version.
  private mutating func restoreDeletions(of info: SegmentInfo) throws(StorageError) {
    let supersededCount = try repair.writer.deleteSuperseded(inSegment: info.id)
    report.rebuiltParts.append("the deletions of segment \(info.id)")
    remarkDeletions(of: info, supersededCount)
    let damaged = repair.damagedDeletions(of: info.id)
    try repair.keepAside(damaged)
  }

  private mutating func remarkDeletions(of info: SegmentInfo, _ supersededCount: Int) {
    let count = repair.deletedCount(of: info.id)
    guard supersededCount < count else { return }
    report.remarks.append(
      "Segment \(info.id) had \(count) deleted articles, and which they were is lost: \(count - supersededCount) of them are in the index again. Delete them once more, or index the whole archive with --prune."
    )
  }
}

extension Article {
  /// The article that a damaged segment still has.
  fileprivate init(_ salvaged: SalvagedArticle) {
    self.init(
      id: salvaged.id, title: salvaged.summary.title, body: salvaged.text, date: salvaged.date.map(ArticleDate.init),
      keywords: salvaged.summary.keywordValues, url: salvaged.summary.url, origin: salvaged.summary.origin)
  }
}
