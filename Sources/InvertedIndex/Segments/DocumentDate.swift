/// The date of a document, in plain numbers: what orders the documents of a segment.
package struct DocumentDate: Hashable, Sendable {
  /// The first day covered, in days since 1970-01-01.
  package var day: Int32
  /// The second of the day.
  package var second: Int32
  /// How finely the date is known; the number means what the caller's does, 0...254.
  package var precision: UInt8

  package init(day: Int32, second: Int32, precision: UInt8) {
    self.day = day
    self.second = second
    self.precision = precision
  }

  /// The order in time: seconds from 1970-01-01.
  package var sortKey: Int64 { Int64(day) * 86_400 + Int64(second) }
}
