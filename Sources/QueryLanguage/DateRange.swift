/// A range of days, both ends inclusive, in days since 1970-01-01; an open end is the smallest or largest `Int32`.
public struct DateRange: Hashable, Sendable {
  /// The first day of the range.
  public var firstDay: Int32
  /// The last day of the range; a range whose last day lies before its first matches nothing.
  public var lastDay: Int32

  /// Makes a range of days.
  public init(firstDay: Int32 = .min, lastDay: Int32 = .max) {
    self.firstDay = firstDay
    self.lastDay = lastDay
  }

  /// Whether an article of this date matches: whether the days it covers and the range overlap.
  public func overlaps(_ date: ArticleDate) -> Bool { !isEmpty && date.firstDay <= lastDay && date.lastDay >= firstDay }

  /// Whether its last day lies before its first, so that it matches nothing, not even a year that covers both.
  public var isEmpty: Bool { lastDay < firstDay }
}
