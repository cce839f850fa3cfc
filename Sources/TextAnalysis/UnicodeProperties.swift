/// What the analyzer needs to know of one scalar, in 32 bits.
///
/// The generator of the tables lays the bits out in the same order.
struct UnicodeProperties {
  let bits: UInt32

  /// The Word_Break property.
  var wordBreak: WordBreakClass { WordBreakClass(rawValue: UInt8(truncatingIfNeeded: bits & 0x1F)) ?? .other }
  /// The Sentence_Break property.
  var sentenceBreak: SentenceBreakClass { SentenceBreakClass(rawValue: UInt8(truncatingIfNeeded: bits >> 5 & 0xF)) ?? .other }
  /// The Canonical_Combining_Class; 0 for all but combining marks that change places.
  var combiningClass: UInt8 { UInt8(truncatingIfNeeded: bits >> 9) }
  /// Makes a token of the segment it stands in: a letter, digit, ideograph or kana.
  var makesWord: Bool { bits & 1 << 17 != 0 }
  /// A letter, for telling the first one of a word; apostrophes that Unicode calls letters are none.
  var isLetter: Bool { bits & 1 << 18 != 0 }
  /// Upper or title case.
  var isUpper: Bool { bits & 1 << 19 != 0 }
  /// Lower case.
  var isLower: Bool { bits & 1 << 20 != 0 }
  /// The Extended_Pictographic property.
  var isPictographic: Bool { bits & 1 << 21 != 0 }
  /// Shown as an emoji without being asked to: Emoji_Presentation, modifiers apart.
  var isEmoji: Bool { bits & 1 << 22 != 0 }
  /// Shows nothing and parts nothing, so a term does not hold it: soft hyphen, joiners, variation selectors.
  var isDropped: Bool { bits & 1 << 23 != 0 }
  /// A nonspacing or enclosing mark.
  var isMark: Bool { bits & 1 << 24 != 0 }
  /// A letter after which marks are accents to be removed: Latin, Greek, Cyrillic, Hebrew or Arabic.
  var losesAccents: Bool { bits & 1 << 25 != 0 }
  /// May melt with the scalar before it into a composed one.
  var composes: Bool { bits & 1 << 26 != 0 }
}

/// The values of the Word_Break property (UAX #29, table 3).
enum WordBreakClass: UInt8 {
  case other, carriageReturn, lineFeed, newline, extend, zeroWidthJoiner, regionalIndicator, format, katakana, hebrewLetter
  case alphabeticLetter, singleQuote, doubleQuote, midNumLet, midLetter, midNum, numeric, extendNumLet, space
}

/// The values of the Sentence_Break property (UAX #29, table 4).
enum SentenceBreakClass: UInt8 {
  case other, carriageReturn, lineFeed, separator, extend, format, space, lower, upper, otherLetter, numeric, ambiguousTerminator
  case terminator, close, sentenceContinue
}
