/// Finds paragraph borders as news wires and newspapers write them.
///
/// A paragraph starts after a blank line, after U+2029, and where a line starts with a tab, an ideographic space, or two spaces
/// or more. A single line break is a wrapped line, not a border.
struct ParagraphTracker {
  private enum Line {
    case inside
    case start
    case afterCarriageReturn
  }

  private var line = Line.inside
  private var indentation = 0

  /// Whether the last scalar was no line break and no white space after one.
  var isInsideLine: Bool { line == .inside }

  /// Reads a scalar that is not white space.
  mutating func readText() { line = .inside }

  /// Reads a scalar of white space and says whether a paragraph ends before or at it.
  mutating func readSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0A where line == .afterCarriageReturn:
      line = .start
      return false
    case 0x0A, 0x0D, 0x85, 0x2028, 0x2029:
      let isBlank = line != .inside
      line = scalar == 0x0D ? .afterCarriageReturn : .start
      indentation = 0
      return isBlank || scalar == 0x2029
    default:
      guard line != .inside else { return false }
      line = .start
      indentation = min(2, indentation + (scalar == 0x09 || scalar == 0x3000 ? 2 : 1))
      return indentation == 2
    }
  }
}
