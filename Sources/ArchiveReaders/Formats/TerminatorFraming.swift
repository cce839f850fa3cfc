/// Records end with a fixed text, such as an end tag.
struct TerminatorFraming: RecordFraming {
  private let terminator: [UInt8]
  /// How many bytes of the terminator the bytes before match.
  private var matched = 0

  /// `terminator` must be ASCII, and its first character must not occur in it again: then a failed match never hides the start
  /// of another.
  init(_ terminator: String) {
    self.terminator = Array(terminator.utf8)
    precondition(self.terminator.dropFirst().allSatisfy { $0 != self.terminator[0] }, "the first character may occur only once")
  }

  mutating func endOfRecord(in bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      if matched == 0 {
        guard let first = bytes.firstIndex(of: terminator[0], from: index) else { return nil }
        matched = 1
        index = first + 1
      } else if bytes[index] == terminator[matched] {
        matched += 1
        index += 1
        if matched == terminator.count {
          matched = 0
          return index
        }
      } else {
        // The byte is looked at again: it may begin the terminator.
        matched = 0
      }
    }
    return nil
  }
}
