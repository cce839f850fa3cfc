/// How files are read, and where reading stops trusting them.
package struct ReadingOptions: Hashable, Sendable {
  /// The format of every file; nil finds it by name, then by content. With a format, a folder gives only the files whose name
  /// is of that format.
  package var format: ArchiveFormat?
  /// Which field of a record becomes which part of an article.
  package var mapping: FieldMapping
  /// The most bytes of text, title and body together, an article may have; a longer one is skipped.
  package var maximumArticleBytes: Int
  /// How many times its size a compressed file may expand to, once it has given more than ``expansionAllowance`` bytes.
  package var maximumExpansion: Int
  /// The bytes any compressed file may expand to, whatever its size.
  package var expansionAllowance: Int

  /// Makes options.
  package init(
    format: ArchiveFormat? = nil, mapping: FieldMapping = FieldMapping(), maximumArticleBytes: Int = 16 << 20,
    maximumExpansion: Int = 1_000, expansionAllowance: Int = 1 << 30
  ) {
    self.format = format
    self.mapping = mapping
    self.maximumArticleBytes = maximumArticleBytes
    self.maximumExpansion = maximumExpansion
    self.expansionAllowance = expansionAllowance
  }

  /// The most bytes one record may take in its file. Text written in JSON escapes takes twice its size at most, unless ASCII is
  /// escaped needlessly.
  var maximumRecordBytes: Int { 2 * maximumArticleBytes + (64 << 10) }
}
