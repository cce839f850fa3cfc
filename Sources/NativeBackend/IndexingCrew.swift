import Dispatch
import IndexStorage
import InvertedIndex
import SearchAPI

/// Builds segments on several threads: each gathers a segment of its own from batches of articles and writes it when it is full;
/// merges run beside them.
///
/// The crew belongs to the task that adds articles, which alone decides what is added, replaced and deleted; threads get whole jobs
/// and report when they are done. At most as many jobs run as there are threads.
final class IndexingCrew {
  private enum Report: Sendable {
    case batch(thread: Int, StorageError?)
    case flush(thread: Int, SegmentFlush, Result<SegmentReader, StorageError>)
    case merge(SegmentMerge, Result<SegmentReader, StorageError>)
  }

  private let index: IndexWriter
  private let gate: WorkGate
  private let threads: [IndexingThread]
  private var idleThreads: [Int]
  private var runningCount = 0
  private var batch = ArticleBatch()
  private let batchByteCount: Int
  private let reports = Mailbox<Report>()
  /// Not the threads of Swift's tasks, of which there are as many as cores and which are not to be blocked by a disk.
  private let queue = DispatchQueue(label: "lede.indexing", attributes: .concurrent)

  /// A crew of at least one thread for a transaction.
  ///
  /// - Parameter batchByteCount: the text that a thread gets at once; nil for what suits the memory.
  init(_ index: IndexWriter, threadCount: Int, batchByteCount: Int? = nil, gate: WorkGate) {
    self.index = index
    self.gate = gate
    threads = (0..<threadCount).map { _ in IndexingThread() }
    idleThreads = Array((0..<threadCount).reversed())
    // Small beside a segment, so that threads end together; large beside what handing over costs.
    self.batchByteCount = batchByteCount ?? min(512 << 10, index.builderByteCount / 16)
  }

  /// The content hash of an article that was added and not handed out yet; nil where there is none.
  func contentHash(ofID id: String) -> UInt64? { batch.identities.contentHash(ofID: id) }

  /// Drops an article that was added and not handed out yet; false where there is none.
  func delete(id: String) -> Bool { batch.delete(id: id) }

  /// Adds an article, whose id nothing has at the moment. Waits while all threads are at work.
  func add(_ article: Article, contentHash: UInt64) async throws(StorageError) {
    batch.append(article, contentHash: contentHash)
    if batch.byteCount >= batchByteCount { try await handOut() }
  }

  /// Hands out what was added.
  func handOut() async throws(StorageError) {
    while let report = reports.takeIfAny() { try take(report) }
    guard !batch.articles.isEmpty else { return }
    while true {
      while runningCount >= threads.count { try take(await reports.take()) }
      guard let number = idleThreads.last else { preconditionFailure("a thread is idle where fewer jobs run than there are") }
      let thread = threads[number]
      // A word and what separates it take more than four bytes of text on the average.
      if let builder = thread.builder, index.isFull(builder, forWords: batch.byteCount / 4) {
        idleThreads.removeLast()
        flush(number)
        continue
      }
      let builder = if let builder = thread.builder { builder } else { try index.startSegment() }
      thread.builder = builder
      let batch = batch
      self.batch = ArticleBatch()
      let places = index.append(batch.identities, to: builder)
      idleThreads.removeLast()
      run { .batch(thread: number, thread.add(batch, at: places)) }
      return
    }
  }

  /// Hands out what was added, and has everything written and merged where it is due.
  func settle() async throws(StorageError) {
    try await handOut()
    while true {
      while runningCount < threads.count, let place = idleThreads.firstIndex(where: { threads[$0].builder != nil }) {
        flush(idleThreads.remove(at: place))
      }
      guard runningCount > 0 else { return }
      try take(await reports.take())
    }
  }

  /// Waits until nothing runs any more; what has not begun is dropped.
  func stop() async {
    gate.cancel()
    batch = ArticleBatch()
    while runningCount > 0 {
      _ = await reports.take()
      runningCount -= 1
    }
  }

  private func flush(_ number: Int) {
    let thread = threads[number]
    guard let builder = thread.builder else { preconditionFailure("only a thread with a builder is flushed") }
    thread.builder = nil
    guard let flush = index.beginFlush(of: builder) else {
      idleThreads.append(number)
      return
    }
    run { .flush(thread: number, flush, flush.result()) }
  }

  private func run(_ job: @escaping @Sendable () -> Report) {
    runningCount += 1
    queue.async { [reports] in reports.post(job()) }
  }

  private func take(_ report: Report) throws(StorageError) {
    runningCount -= 1
    do throws(StorageError) {
      switch report {
      case .batch(let thread, let error):
        idleThreads.append(thread)
        if let error { throw error }
      case .flush(let thread, let flush, let result):
        idleThreads.append(thread)
        try index.finish(flush, with: try result.get())
        try startMerge()
      case .merge(let merge, let result):
        try index.finish(merge, with: try result.get())
        try startMerge()
      }
    } catch {
      index.fail(error)
      throw error
    }
  }

  /// Starts a merge where it is due and none runs.
  private func startMerge() throws(StorageError) {
    guard !index.isMerging, let merge = try index.beginMergeWhereDue() else { return }
    run { .merge(merge, merge.result()) }
  }
}
