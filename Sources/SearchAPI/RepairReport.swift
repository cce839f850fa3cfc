/// What repairing an index did.
public struct RepairReport: Hashable, Sendable {
  /// What was wrong; empty where nothing was, and nothing was done then.
  public var problems: [VerificationReport.Problem]
  /// Why nothing was repaired, as a sentence; nil where the index is sound now.
  public var obstacle: String?
  /// What was made anew, a part of the index each, in words.
  public var rebuiltParts: [String] = []
  /// The articles that were read from damaged parts and are in the index again.
  public var recoveredArticleCount = 0
  /// The articles that could not be recovered and are in the index no longer.
  public var lostArticles: [Loss] = []
  /// What else somebody should know, a sentence each.
  public var remarks: [String] = []
  /// Where the remains of what was lost were put, inside the index folder.
  public var keptAside: [String] = []

  /// One article that is lost.
  public struct Loss: Hashable, Sendable {
    /// The article: its id, or where it stood where the id is lost too.
    public var article: String
    /// The damaged file that keeps it from being read.
    public var file: String
    /// What is wrong with it.
    public var reason: String

    /// Makes a loss.
    public init(article: String, file: String, reason: String) {
      self.article = article
      self.file = file
      self.reason = reason
    }
  }

  /// Makes a report of an index with these problems, to be filled in.
  public init(problems: [VerificationReport.Problem], obstacle: String? = nil) {
    self.problems = problems
    self.obstacle = obstacle
  }
}
