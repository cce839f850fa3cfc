import Foundation
import QueryLanguage
import SearchAPI

/// The statistics of an index that a score needs, with the parameters of a request.
struct ScoringStatistics {
  private let articleCount: Double
  private let averageLength: Double
  let titleWeight: Double
  let bodyWeight: Double
  private let k1: Double
  private let b: Double

  init(_ state: IndexState, _ parameters: BM25Parameters) {
    articleCount = Double(state.articleCount)
    titleWeight = parameters.weight(of: .title)
    bodyWeight = parameters.weight(of: .body)
    k1 = parameters.k1
    b = parameters.b
    averageLength = (titleWeight * Double(state.titleWordCount) + bodyWeight * Double(state.bodyWordCount)) / articleCount
  }

  /// ln(1 + (N - df + 0.5) / (df + 0.5)).
  func inverseDocumentFrequency(_ documentFrequency: Int64) -> Double {
    let frequency = Double(documentFrequency)
    return log(1 + (articleCount - frequency + 0.5) / (frequency + 0.5))
  }

  /// What the length of an article adds to the denominator: k1 · ((1 - b) + b · length / average).
  func lengthNorm(titleWords: Int32, bodyWords: Int32) -> Double {
    k1 * ((1 - b) + b * (titleWeight * Double(titleWords) + bodyWeight * Double(bodyWords)) / averageLength)
  }
}
