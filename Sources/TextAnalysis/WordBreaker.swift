/// A piece of text between two neighbouring word borders.
struct WordSegment {
  /// Where the segment ends, in bytes.
  let end: Int
  /// Where the token in it starts, or nil for a segment of spaces or punctuation.
  let tokenStart: Int?
}

/// Finds word borders by the rules of UAX #29, Unicode 15.0, section 4.1.
///
/// No rule looks back across a border, so each segment is found from its start alone.
///
///     segment(of: "can't stop", at: 0).end → 5     at: 5 → 6     at: 6 → 10
struct WordBreaker {
  private let tables: UnicodeTables

  init(tables: UnicodeTables = .shared) { self.tables = tables }

  /// The segment that starts at a word border. `start` must be inside the text.
  ///
  /// Complexity: O(bytes up to the second scalar after the segment that is not a mark).
  func segment(of text: Span<UInt8>, at start: Int) -> WordSegment {
    let first = scalar(of: text, at: start)
    var end = first.end
    var last = first  // the scalar before `end`
    var previous = first.kind  // the class before `end` as WB4 sees it, without marks and format characters
    var token = TokenJudge()
    token.see(first, at: start)

    if first.kind == .lineFeed || first.kind == .newline { return WordSegment(end: end, tokenStart: nil) }
    if first.kind.isIgnored { previous = .other }

    while end < text.count {
      let next = scalar(of: text, at: end)
      if previous == .carriageReturn {  // WB3, WB3a
        return WordSegment(end: next.kind == .lineFeed ? next.end : end, tokenStart: nil)
      }
      if next.kind.isLineBreak { break }  // WB3b
      if next.kind.isIgnored {  // WB4
        token.see(next, at: end)
        (last, end) = (next, next.end)
        continue
      }
      if (last.kind == .zeroWidthJoiner && next.properties.isPictographic) || (last.kind == .space && next.kind == .space)
        || previous.joins(next.kind)
      {  // WB3c, WB3d, WB5, WB8, WB9, WB10, WB13
        token.see(next, at: end)
        (last, end) = (next, next.end)
        previous = next.kind
      } else if previous == .regionalIndicator && next.kind == .regionalIndicator {  // WB15, WB16
        token.see(next, at: end)
        (last, end) = (next, next.end)
        previous = .other
      } else if let (following, start) = significantScalar(of: text, after: next, previous: previous) {
        // WB6, WB7, WB7b, WB7c, WB11, WB12: both borders around `next` fall.
        token.see(next, at: end)
        token.see(following, at: start)
        (last, end) = (following, following.end)
        previous = following.kind
      } else if previous == .hebrewLetter && next.kind == .singleQuote {  // WB7a
        token.see(next, at: end)
        (last, end) = (next, next.end)
        previous = .singleQuote
      } else {
        break
      }
    }
    return WordSegment(end: end, tokenStart: token.start)
  }

  /// Whether the scalar at a place belongs to what stands before it, whatever that is: a mark or format character (WB4).
  func isIgnored(_ text: Span<UInt8>, at position: Int) -> Bool {
    scalar(of: text, at: position).kind.isIgnored
  }

  /// Whether the scalar at a place never belongs to a letter or digit before it, nor holds it to what follows.
  func standsApart(_ text: Span<UInt8>, at position: Int) -> Bool {
    switch scalar(of: text, at: position).kind {
    case .other, .newline, .space: true
    default: false
    }
  }

  /// The scalar after `middle` and its marks, if it and the class before `middle` hold `middle` between them.
  private func significantScalar(
    of text: Span<UInt8>, after middle: BreakScalar, previous: WordBreakClass
  ) -> (scalar: BreakScalar, start: Int)? {
    guard previous.mayReach(across: middle.kind) else { return nil }
    var position = middle.end
    while position < text.count {
      let next = scalar(of: text, at: position)
      if !next.kind.isIgnored {
        return previous.reaches(next.kind, across: middle.kind) ? (next, position) : nil
      }
      position = next.end
    }
    return nil
  }

  private func scalar(of text: Span<UInt8>, at position: Int) -> BreakScalar {
    let decoded = decodeScalar(text, at: position)
    let properties = tables.properties(of: decoded.value)
    return BreakScalar(
      value: decoded.value, properties: properties, kind: properties.wordBreak, end: position + decoded.length)
  }
}

/// A scalar as the word rules see it.
private struct BreakScalar {
  let value: UInt32
  let properties: UnicodeProperties
  let kind: WordBreakClass
  let end: Int
}

/// Decides whether a segment is a token, and where in it the token starts.
///
/// A token holds a letter, digit, ideograph or kana, or an emoji: a scalar shown as one by itself, or a pictograph followed by
/// U+FE0F.
private struct TokenJudge {
  private var firstVisible: Int?
  private var isToken = false
  private var lastPictograph: Int?

  /// A segment starts with something else than its token only where a zero width joiner ties a pictograph to any character
  /// (WB3c).
  var start: Int? { isToken ? firstVisible : nil }

  mutating func see(_ scalar: BreakScalar, at position: Int) {
    if scalar.properties.makesWord || scalar.properties.isEmoji {
      isToken = true
      firstVisible = firstVisible ?? position
    } else if scalar.kind == .extendNumLet {
      firstVisible = firstVisible ?? position
    } else if scalar.value == 0xFE0F, let lastPictograph {
      isToken = true
      firstVisible = firstVisible ?? lastPictograph
    }
    lastPictograph = scalar.properties.isPictographic ? position : nil
  }
}

extension WordBreakClass {
  /// Skipped by the rules after WB4.
  fileprivate var isIgnored: Bool { self == .extend || self == .format || self == .zeroWidthJoiner }

  fileprivate var isLineBreak: Bool { self == .carriageReturn || self == .lineFeed || self == .newline }

  private var isLetter: Bool { self == .alphabeticLetter || self == .hebrewLetter }

  /// The rules that look at two neighbours: WB5, WB8, WB9, WB10, WB13, WB13a, WB13b.
  fileprivate func joins(_ next: WordBreakClass) -> Bool {
    switch self {
    case .alphabeticLetter, .hebrewLetter, .numeric:
      next == .alphabeticLetter || next == .numeric || next == .hebrewLetter || next == .extendNumLet
    case .katakana: next == .katakana || next == .extendNumLet
    case .extendNumLet: next.isLetter || next == .numeric || next == .katakana || next == .extendNumLet
    default: false
    }
  }

  /// Whether the rules that look two scalars ahead can apply at `middle`.
  fileprivate func mayReach(across middle: WordBreakClass) -> Bool {
    switch middle {
    case .midLetter: isLetter
    case .midNum: self == .numeric
    case .midNumLet, .singleQuote: isLetter || self == .numeric
    case .doubleQuote: self == .hebrewLetter
    default: false
    }
  }

  /// The rules that look at three neighbours, given that `mayReach(across:)` holds: WB6 and WB7, WB7b and WB7c, WB11 and WB12.
  fileprivate func reaches(_ next: WordBreakClass, across middle: WordBreakClass) -> Bool {
    if middle == .doubleQuote { return next == .hebrewLetter }
    return self == .numeric ? next == .numeric : next.isLetter
  }
}
