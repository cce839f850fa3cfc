import GRDB
import GRDBSQLite

/// The SQL function `score(words, ?)`: the score of an FTS5 row by the scorer that is bound to the parameter, or NULL where a
/// filter does not admit it.
enum ScoreFunction {
  /// Makes the function known to a connection.
  static func register(on database: Database) throws {
    let api = try unsafe FTS5Interface.api(of: database)
    let code = unsafe api.pointee.xCreateFunction(
      UnsafeMutablePointer(mutating: api), "score", nil,
      { extensionAPI, context, result, count, values in
        guard let extensionAPI = unsafe extensionAPI, let context = unsafe context, count == 1, let values = unsafe values,
          let scorer = unsafe Statement.object(values[0], as: RowScorer.self)
        else { return unsafe sqlite3_result_error_code(result, SQLITE_MISUSE) }
        switch unsafe scorer.score(extensionAPI.pointee, context) {
        case .success(let score?): unsafe sqlite3_result_double(result, score)
        case .success(nil): unsafe sqlite3_result_null(result)
        case .failure(let error): unsafe sqlite3_result_error_code(result, error.code)
        }
      }, nil)
    guard code == SQLITE_OK else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: "cannot register the score function")
    }
  }
}
