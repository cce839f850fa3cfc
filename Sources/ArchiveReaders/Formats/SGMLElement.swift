/// Finds elements and attributes in the bytes of one SGML record, by their tags alone.
struct SGMLElement: ~Escapable {
  private let bytes: Span<UInt8>

  /// A finder over a record.
  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { self.bytes = bytes }

  /// Where the content of the first element of this name lies, its tags not included; nil without one that is closed.
  func content(of name: String, in range: Range<Int>) -> Range<Int>? {
    guard let start = tag(name, opens: true, in: range),
      let end = tag(name, opens: false, in: start.upperBound..<range.upperBound)
    else { return nil }
    return start.upperBound..<end.lowerBound
  }

  /// The contents of all elements of this name, in order.
  func contents(of name: String, in range: Range<Int>) -> [Range<Int>] {
    var contents: [Range<Int>] = []
    var rest = range
    while let content = content(of: name, in: rest) {
      contents.append(content)
      rest = content.upperBound..<range.upperBound
    }
    return contents
  }

  /// Where the value of an attribute lies inside a tag, its quotes not included.
  func attribute(_ name: String, in tag: Range<Int>) -> Range<Int>? {
    let key = Array(" \(name)=\"".utf8)
    var index = tag.lowerBound
    while index + key.count <= tag.upperBound {
      if matches(key, at: index) {
        let start = index + key.count
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\""), from: start), end < tag.upperBound else { return nil }
        return start..<end
      }
      index += 1
    }
    return nil
  }

  /// Where a start or end tag of this name lies, attributes included.
  private func tag(_ name: String, opens: Bool, in range: Range<Int>) -> Range<Int>? {
    let beginning = Array((opens ? "<" : "</").utf8) + Array(name.utf8)
    var index = range.lowerBound
    while let found = bytes.firstIndex(of: UInt8(ascii: "<"), from: index), found + beginning.count < range.upperBound {
      let next = bytes[found + beginning.count]
      if matches(beginning, at: found), next == UInt8(ascii: ">") || isWhitespace(next) {
        guard let end = bytes.firstIndex(of: UInt8(ascii: ">"), from: found), end < range.upperBound else { return nil }
        return found..<(end + 1)
      }
      index = found + 1
    }
    return nil
  }

  private func matches(_ text: [UInt8], at start: Int) -> Bool {
    guard start + text.count <= bytes.count else { return false }
    for index in text.indices where bytes[start + index] != text[index] { return false }
    return true
  }
}
