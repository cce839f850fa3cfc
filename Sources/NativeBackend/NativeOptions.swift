/// How an index is made and read.
public struct NativeOptions: Hashable, Sendable {
  /// The memory that building may take, in bytes. Segments are written to disk when it is used up.
  public var memoryByteCount: Int
  /// Whether a new index stores the text of articles, for passages and for showing articles.
  public var storesText: Bool
  /// Whether a new index has an index of pairs of frequent words, which makes phrases of them quick: "to be or not to be". It takes
  /// about half as much again as the words, and building takes about a third longer.
  public var indexesPairs: Bool
  /// Whether files are mapped into memory. Reading them instead costs memory, and survives a disk that fails under the program.
  public var mapsFiles: Bool

  /// Makes options; the defaults suit a newsroom's machine.
  public init(memoryByteCount: Int = 256 << 20, storesText: Bool = true, indexesPairs: Bool = true, mapsFiles: Bool = true) {
    self.memoryByteCount = memoryByteCount
    self.storesText = storesText
    self.indexesPairs = indexesPairs
    self.mapsFiles = mapsFiles
  }
}
