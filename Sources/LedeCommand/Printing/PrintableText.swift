/// Text of unknown origin made safe to print: nothing in it can move the cursor, change colours or reorder the line.
enum PrintableText {
  /// The text on one line: every run of white space becomes one space, and control characters become visible signs.
  ///
  ///     line(of: "a\n  b\u{1B}[31m") → "a b␛[31m"
  static func line(of text: String) -> String {
    var result = String.UnicodeScalarView()
    var endsInSpace = false
    for scalar in text.unicodeScalars {
      let isSpace = scalar.properties.isWhitespace
      if !(isSpace && endsInSpace) { result.append(isSpace ? " " : visible(scalar)) }
      endsInSpace = isSpace
    }
    return String(result)
  }

  /// The lines of the text as they stand, tabs as spaces, with control characters as visible signs.
  static func lines(of text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { line in
      var result = String.UnicodeScalarView()
      for scalar in line.unicodeScalars {
        if scalar == "\t" {
          result.append(contentsOf: "    ".unicodeScalars)
        } else {
          result.append(scalar.properties.isWhitespace ? " " : visible(scalar))
        }
      }
      return String(result)
    }
  }

  /// Whether a terminal might obey the character instead of showing it: C0, DEL, C1, and the marks that reorder text.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    case 0x2028, 0x2029, 0xFEFF, 0xFFF9...0xFFFB: true
    default: false
    }
  }

  /// The sign that stands for a control character (Unicode's pictures for C0 and DEL, U+FFFD for the others), or the character
  /// itself.
  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard isControl(scalar) else { return scalar }
    return switch scalar.value {
    case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    default: "\u{FFFD}"
    }
  }
}
