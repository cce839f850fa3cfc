import InvertedIndex
import QueryLanguage

extension DocumentDate {
  /// The date of an article in the engine's plain numbers.
  init(_ date: ArticleDate) {
    self.init(day: date.firstDay, second: date.second, precision: date.precision.rawValue)
  }
}

extension ArticleDate {
  /// The date of an article from the engine's plain numbers; a precision that nobody wrote counts as the day.
  init(_ date: DocumentDate) {
    self.init(firstDay: date.day, second: date.second, precision: Precision(rawValue: date.precision) ?? .day)
  }
}
