import IndexStorage
import InvertedIndex

/// How an index is made and read.
public struct NativeOptions: Hashable, Sendable {
  /// The memory that building may take, in bytes. Segments are written to disk when it is used up.
  public var memoryByteCount: Int
  /// The threads that build, at least 1. With one, everything is done by the task that adds articles. With more, each builds a
  /// segment of its own with its share of the memory, and segments are written and merged meanwhile.
  public var threadCount: Int
  /// Whether a new index stores the text of articles, for passages and for showing articles.
  public var storesText: Bool
  /// Whether a new index has an index of pairs of frequent words, which makes phrases of them quick: "to be or not to be". It takes
  /// about half as much again as the words, and building takes about a quarter longer.
  public var indexesPairs: Bool
  /// The bytes after which a segment under construction is written, and the bytes of text that are handed to a thread at once, where
  /// a test wants to say so; nil where they follow from the memory.
  package var segmentByteCount: Int?
  package var batchByteCount: Int?
  /// Whether files are mapped into memory. Reading them instead costs memory, and survives a disk that fails under the program.
  public var mapsFiles: Bool

  /// The processors of this machine.
  public static var processorCount: Int { Processors.count }

  /// Makes options; the defaults suit a newsroom's machine.
  public init(
    memoryByteCount: Int = 256 << 20, threadCount: Int = processorCount, storesText: Bool = true, indexesPairs: Bool = true,
    mapsFiles: Bool = true
  ) {
    self.memoryByteCount = memoryByteCount
    self.threadCount = max(1, threadCount)
    self.storesText = storesText
    self.indexesPairs = indexesPairs
    self.mapsFiles = mapsFiles
  }

  var writerOptions: IndexWriterOptions {
    var writer = IndexWriterOptions(memoryByteCount: memoryByteCount, threadCount: threadCount)
    if let segmentByteCount { writer.builderByteCount = segmentByteCount }
    return writer
  }
}
