/// The counters of a stream, shared by all its readers.
final class ReadingTally {
  /// The most remarks kept; beyond it they are only counted.
  static let keptWarnings = 20

  var counters = ReadingCounters()
  /// Bytes taken from the disk, compressed as they lie there.
  var bytesRead = 0
  /// Which names of the mapping some record had.
  var seenMappedNames: Set<String> = []

  func noteUnreadableDate(_ text: String, origin: String) {
    counters.unreadableDates += 1
    keep("the date `\(text.prefix(60))` cannot be read, so the article is undated", origin)
  }

  func noteUnusableValue(of field: FieldMapping.Target, kind: String, origin: String) {
    counters.unusableValues += 1
    keep("the \(field.rawValue) is \(kind), not text, and was left out", origin)
  }

  private func keep(_ message: String, _ origin: String) {
    guard counters.warnings.count < ReadingTally.keptWarnings else { return }
    counters.warnings.append(ReadingWarning(origin: origin, message: message))
  }
}
