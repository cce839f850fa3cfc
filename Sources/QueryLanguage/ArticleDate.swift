/// A calendar date as an article states it: to the year, the month, the day or the second.
///
/// The date as written counts, whatever its offset from UTC; years before 1970 are ordinary. A coarse date is the interval of
/// days it covers: `1896` alone is the whole of that year, so it matches any range that overlaps the year. Dates sort by their
/// first moment.
///
///     ArticleDate("1987-03-09T14:05:00Z")!.firstDay → 6276        ArticleDate("1896")!.firstDay ... lastDay → -27028 ... -26663
public struct ArticleDate: Hashable, Comparable, Sendable {
  /// How finely the date is known.
  public enum Precision: UInt8, Comparable, Sendable {
    // ON DISK. Do not renumber.
    case year = 0
    case month = 1
    case day = 2
    case second = 3

    /// Coarser precisions come first.
    public static func < (left: Precision, right: Precision) -> Bool { left.rawValue < right.rawValue }
  }

  /// The first day covered, in days since 1970-01-01 of the proleptic Gregorian calendar.
  public let firstDay: Int32
  /// The second of the day, 0 ..< 86,400; 0 where the time is not known.
  public let second: Int32
  /// How finely the date is known.
  public let precision: Precision

  /// A date from its parts.
  ///
  /// `firstDay` must be the first day of the interval that the precision names; `second` is kept only with ``Precision/second``.
  public init(firstDay: Int32, second: Int32 = 0, precision: Precision) {
    self.firstDay = firstDay
    self.second = precision == .second ? second : 0
    self.precision = precision
  }

  /// Whether the date lies in the years 1 to 9999 and its second in a day, as every date that was read from text does.
  public var isWithinCalendar: Bool { (-719_162...2_932_896).contains(firstDay) && (0..<86_400).contains(second) }

  /// Seconds from 1970-01-01 to the first moment covered, without regard to offsets: the order of articles in time.
  public var sortKey: Int64 { Int64(firstDay) * 86_400 + Int64(second) }

  /// Earlier first moments come first; of equal ones, the coarser date.
  public static func < (left: ArticleDate, right: ArticleDate) -> Bool {
    (left.sortKey, left.precision) < (right.sortKey, right.precision)
  }
}
