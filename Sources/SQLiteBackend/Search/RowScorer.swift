import GRDB
import GRDBSQLite

/// Scores the rows of one FTS5 query, from inside FTS5.
///
/// Concurrency: belongs to one statement, which one thread steps.
final class RowScorer {
  /// A leaf, and the number under which FTS5 knows it.
  private struct Phrase {
    let number: Int32
    let leaf: Int
    let weight: Double
  }

  private let statistics: ScoringStatistics
  private let roundingConstant: Double
  private let phrases: [Phrase]
  /// Nil where every leaf that occurs adds to the score.
  private let tree: ScoringTree?
  private let leafCount: Int
  private let filter: FilterEvaluator?

  /// A scorer for the rows of an expression; `leafNumbers` names the leaf of each of its phrases. Of a leaf that stands there
  /// twice, the last phrase counts.
  ///
  /// Rows that `filter` does not admit get no score, which saves looking at them.
  init(
    _ weights: LeafWeights, _ leafNumbers: [Int], _ tree: ScoringTree, _ statistics: ScoringStatistics,
    filter: FilterEvaluator? = nil
  ) {
    self.statistics = statistics
    self.filter = filter
    roundingConstant = weights.roundingConstant
    leafCount = weights.weights.count
    let isPlainSum = tree.isPlainSum()
    self.tree = isPlainSum ? nil : tree
    var phraseNumbers: [Int: Int] = [:]
    for (number, leaf) in leafNumbers.enumerated() { phraseNumbers[leaf] = number }
    // A tree must know of every leaf whether it occurs; a plain sum needs only those that add something.
    phrases = phraseNumbers.sorted { $0.key < $1.key }.compactMap { leaf, number in
      let weight = weights.weights[leaf]
      return isPlainSum && weight == 0 ? nil : Phrase(number: Int32(number), leaf: leaf, weight: weight)
    }
  }

  /// The score of the current row, nil where the filter does not admit it, or an SQLite error code.
  func score(_ api: Fts5ExtensionApi, _ context: OpaquePointer) -> Result<Double?, SQLiteCode> {
    if let filter {
      do {
        guard try filter.admits(unsafe api.xRowid(context)) else { return .success(nil) }
      } catch { return .failure(SQLiteCode((error as? DatabaseError)?.resultCode.rawValue ?? SQLITE_ERROR)) }
    }
    var titleWords: Int32 = 0
    var bodyWords: Int32 = 0
    // The two columns are those of the table; FTS5 checks their numbers.
    var code = unsafe api.xColumnSize(context, 0, &titleWords)
    if code == SQLITE_OK { code = unsafe api.xColumnSize(context, 1, &bodyWords) }
    guard code == SQLITE_OK else { return .failure(SQLiteCode(code)) }
    let norm = statistics.lengthNorm(titleWords: titleWords, bodyWords: bodyWords)

    guard let tree else {
      var sum = 0.0
      for phrase in phrases {
        switch unsafe contribution(of: phrase, norm, api, context) {
        case .failure(let code): return .failure(code)
        case .success(let contribution): sum += contribution ?? 0
        }
      }
      return .success(sum)
    }
    var contributions = [Double?](repeating: nil, count: leafCount)
    for phrase in phrases {
      switch unsafe contribution(of: phrase, norm, api, context) {
      case .failure(let code): return .failure(code)
      case .success(let contribution): contributions[phrase.leaf] = contribution
      }
    }
    return .success(tree.score(contributions) ?? 0)
  }

  /// What a leaf would add; nil where it does not occur in the row.
  private func contribution(
    of phrase: Phrase, _ norm: Double, _ api: Fts5ExtensionApi, _ context: OpaquePointer
  ) -> Result<Double?, SQLiteCode> {
    var iterator = unsafe Fts5PhraseIter()
    var column: Int32 = -1
    var offset: Int32 = -1
    var titleCount = 0
    var bodyCount = 0
    // FTS5 checks the phrase's number, and walks its own list of positions.
    let code = unsafe api.xPhraseFirst(context, phrase.number, &iterator, &column, &offset)
    guard code == SQLITE_OK else { return .failure(SQLiteCode(code)) }
    while column >= 0 {
      if column == 0 { titleCount += 1 } else { bodyCount += 1 }
      unsafe api.xPhraseNext(context, &iterator, &column, &offset)
    }
    guard titleCount + bodyCount > 0 else { return .success(nil) }
    let tf = statistics.titleWeight * Double(titleCount) + statistics.bodyWeight * Double(bodyCount)
    guard tf > 0 else { return .success(0) }
    let contribution = phrase.weight * tf / (tf + norm)
    return .success((contribution + roundingConstant) - roundingConstant)
  }
}

/// An SQLite result code as an error.
struct SQLiteCode: Error {
  let code: Int32
  init(_ code: Int32) { self.code = code }
}
