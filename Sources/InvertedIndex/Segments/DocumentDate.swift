/// The date of a document, in plain numbers: what orders the documents of a segment.
package struct DocumentDate: Hashable, Sendable {
  /// The first day covered, in days since 1970-01-01.
  package var day: Int32
  /// The second of the day.
  package var second: Int32
  /// How finely the date is known; the number means what the caller's does, 0...254.
  package var precision: UInt8

  /// A date from its parts.
  package init(day: Int32, second: Int32, precision: UInt8) {
    self.day = day
    self.second = second
    self.precision = precision
  }

  /// The days that a date can start on: those of the years 1 to 9999.
  package static let days: ClosedRange<Int64> = -719_162...2_932_896

  /// The order in time: seconds from 1970-01-01.
  package var sortKey: Int64 { Int64(day) * 86_400 + Int64(second) }
}
