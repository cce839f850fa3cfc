import Synchronization

/// Which pages of a file were found whole: a bit for each, set once and never cleared.
///
/// Concurrency: any number of threads. Relaxed order is enough, because the bit guards no other memory: the bytes of the file
/// were there before the first thread could ask. Two threads may verify the same page at the same time, which only costs time.
@safe struct VerifiedPages: ~Copyable, @unchecked Sendable {
  private let words: UnsafeMutablePointer<Atomic<UInt64>>
  private let wordCount: Int

  init(pageCount: Int) {
    wordCount = max((pageCount + 63) / 64, 1)
    unsafe words = .allocate(capacity: wordCount)
    for index in 0..<wordCount { unsafe (words + index).initialize(to: Atomic(0)) }
  }

  deinit {
    unsafe words.deinitialize(count: wordCount)
    unsafe words.deallocate()
  }

  /// Whether all pages from `first` to `last` were found whole.
  ///
  /// - Precondition: 0 ≤ first ≤ last < the number of pages.
  @inline(__always)
  func contains(_ first: Int, through last: Int) -> Bool {
    var word = first >> 6
    let lastWord = last >> 6
    // A postings block lies in one page, or in two.
    var mask = ~UInt64(0) &<< UInt64(truncatingIfNeeded: first)
    while word < lastWord {
      guard load(word) & mask == mask else { return false }
      mask = ~0
      word &+= 1
    }
    mask &= ~UInt64(0) &>> UInt64(truncatingIfNeeded: 63 &- last)
    return load(word) & mask == mask
  }

  /// Remembers that a page was found whole.
  func insert(_ page: Int) {
    precondition(page >= 0 && page >> 6 < wordCount, "a page lies outside its file")
    _ = unsafe words[page >> 6].bitwiseOr(1 << UInt64(page & 63), ordering: .relaxed)
  }

  @inline(__always)
  private func load(_ word: Int) -> UInt64 {
    precondition(word >= 0 && word < wordCount, "a page lies outside its file")
    return unsafe words[word].load(ordering: .relaxed)
  }
}
