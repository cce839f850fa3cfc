/// What became of the articles of a sequence that were added.
public struct AdditionTally: Hashable, Sendable {
  /// The articles that are new.
  public private(set) var addedCount = 0
  /// The articles that took the place of one with the same id and other content.
  public private(set) var replacedCount = 0
  /// The articles that were there already.
  public private(set) var unchangedCount = 0
  /// The articles that were refused.
  public private(set) var refusedCount = 0
  /// The first refused ones, ``maximumRefusalCount`` at most.
  public private(set) var refusals: [Refusal] = []

  /// How many refused articles are named.
  public static let maximumRefusalCount = 100

  /// An article that was refused.
  public struct Refusal: Hashable, Sendable {
    /// Its id.
    public var id: String
    /// The limit it exceeds.
    public var reason: String
  }

  /// Makes a tally of no articles.
  public init() {}

  /// Counts what became of an article.
  public mutating func count(_ outcome: AdditionOutcome, of article: Article) {
    switch outcome {
    case .added: addedCount += 1
    case .replaced: replacedCount += 1
    case .unchanged: unchangedCount += 1
    case .refused(let reason):
      refusedCount += 1
      if refusals.count < Self.maximumRefusalCount { refusals.append(Refusal(id: article.id, reason: reason)) }
    }
  }
}
