/// What an index holds, and how large its parts are.
public struct IndexStatistics: Hashable, Sendable {
  /// The number of articles.
  public var articleCount: Int
  /// The number of words of all articles together.
  public var wordCount: Int
  /// The number of different words; an upper bound where parts of the index share words, see `segmentCount`.
  public var distinctWordCount: Int
  /// The first and last date of any article, in ISO 8601.
  public var dates: ClosedRange<String>?
  /// The number of separately searched parts.
  public var segmentCount: Int
  /// Whether the text of articles is stored.
  public var storesText: Bool
  /// The bytes on disk, by part; the parts add up to the whole.
  public var partSizes: [Part]

  /// The bytes of one part of the index.
  public struct Part: Hashable, Sendable {
    /// What the part holds, in a word or two.
    public var name: String
    /// Its bytes on disk.
    public var byteCount: Int

    /// Makes a part.
    public init(name: String, byteCount: Int) {
      self.name = name
      self.byteCount = byteCount
    }
  }

  /// The bytes on disk of the whole index.
  public var byteCount: Int { partSizes.reduce(0) { $0 + $1.byteCount } }

  /// Makes statistics.
  public init(
    articleCount: Int, wordCount: Int, distinctWordCount: Int, dates: ClosedRange<String>?, segmentCount: Int, storesText: Bool,
    partSizes: [Part]
  ) {
    self.articleCount = articleCount
    self.wordCount = wordCount
    self.distinctWordCount = distinctWordCount
    self.dates = dates
    self.segmentCount = segmentCount
    self.storesText = storesText
    self.partSizes = partSizes
  }
}

/// What a check of every byte found.
public struct VerificationReport: Hashable, Sendable {
  /// The bytes read and checked.
  public var byteCount: Int
  /// The files looked at.
  public var fileCount: Int
  /// What is wrong; empty for a sound index.
  public var problems: [Problem]

  /// One thing that is wrong.
  public struct Problem: Hashable, Sendable {
    /// The damaged file's name inside the index folder.
    public var file: String
    /// What is wrong with it, and where.
    public var reason: String

    /// Makes a problem.
    public init(file: String, reason: String) {
      self.file = file
      self.reason = reason
    }
  }

  /// Makes a report.
  public init(byteCount: Int, fileCount: Int, problems: [Problem]) {
    self.byteCount = byteCount
    self.fileCount = fileCount
    self.problems = problems
  }
}
