#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The bytes of a whole file, mapped or in memory. They stay valid as long as the value lives, even after the file is unlinked.
///
/// The one danger, which no reader can prevent: a mapped file that is cut short by someone else, or whose disk fails, kills the
/// process with SIGBUS when the lost part is touched. A directory that reads instead of mapping has no such danger.
///
/// Invariant: `base` points to `byteCount` readable bytes that nothing changes until `deinit`, so sharing between threads is
/// safe.
@safe package final class MappedFile: Sendable {
  /// How the bytes will be read, a hint to the operating system.
  package enum Access: Hashable, Sendable {
    /// No particular order.
    case normal
    /// Here and there: reading ahead is waste.
    case random
    /// From start to end.
    case sequential
    /// Soon: begin to read now.
    case willNeed
    /// Not again for a while: its memory may be given to others.
    case doneWith
  }

  /// The file's name, for messages.
  package let name: String
  /// How many bytes the file has.
  package let byteCount: Int
  private nonisolated(unsafe) let base: UnsafePointer<UInt8>
  private let isMapped: Bool

  /// A file in memory with these bytes.
  package init(name: String, copying bytes: [UInt8]) {
    self.name = name
    byteCount = bytes.count
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    _ = unsafe memory.initialize(fromContentsOf: bytes)
    unsafe base = UnsafePointer(memory.baseAddress!)
    isMapped = false
  }

  /// Takes over bytes obtained from `mmap`, or from `allocate` where `isMapped` is false.
  ///
  /// - Precondition: `base` points to `byteCount` readable bytes that nobody else changes or frees.
  @unsafe init(name: String, adopting base: UnsafePointer<UInt8>, byteCount: Int, isMapped: Bool) {
    self.name = name
    self.byteCount = byteCount
    unsafe self.base = unsafe base
    self.isMapped = isMapped
  }

  deinit {
    if isMapped {
      unsafe munmap(UnsafeMutableRawPointer(mutating: base), byteCount)
    } else {
      unsafe base.deallocate()
    }
  }

  /// All bytes of the file, unchecked.
  package var bytes: Span<UInt8> {
    @_lifetime(borrow self) get {
      let span = unsafe Span(_unsafeStart: base, count: byteCount)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Tells the operating system how part of the file will be read. Only a hint: failures are ignored, a range is cut to the file.
  package func advise(_ access: Access, _ range: Range<Int>) {
    let range = range.clamped(to: 0..<byteCount)
    guard isMapped, !range.isEmpty else { return }
    let advice =
      switch access {
      case .normal: MADV_NORMAL
      case .random: MADV_RANDOM
      case .sequential: MADV_SEQUENTIAL
      case .willNeed: MADV_WILLNEED
      case .doneWith: MADV_DONTNEED
      }
    // The address must be that of a page: a mapping starts at one, and rounding down stays inside it.
    let start = range.lowerBound & ~(Int(sysconf(Int32(_SC_PAGESIZE))) - 1)
    unsafe madvise(UnsafeMutableRawPointer(mutating: base + start), range.upperBound - start, advice)
  }
}
