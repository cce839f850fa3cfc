extension String {
  /// The text cut to so many columns, with `…` in the last one where something was left out.
  func cut(toColumns width: Int) -> String {
    guard DisplayWidth.of(self) > width else { return self }
    var kept = ""
    var columns = 1
    for character in self {
      columns += DisplayWidth.of(character)
      guard columns <= width else { break }
      kept.append(character)
    }
    return kept.trimmedAtEnd + "…"
  }

  /// The text without spaces at its end.
  var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The text with spaces after it up to so many columns.
  func leftAligned(inColumns width: Int) -> String { self + padding(toColumns: width) }

  /// The text with spaces before it up to so many columns.
  func rightAligned(inColumns width: Int) -> String { padding(toColumns: width) + self }

  private func padding(toColumns width: Int) -> String { String(repeating: " ", count: max(0, width - DisplayWidth.of(self))) }
}
