/// Text to tokens: Unicode word breaking, case and accent folding, sentence and paragraph borders. One analyzer serves every
/// backend.
///
/// A token is a segment between two word borders (UAX #29, Unicode 15.0) that holds a letter, digit, ideograph or kana. Emoji are
/// tokens too; spaces and punctuation are none. Han, Hiragana, and the scripts of South-East Asia give one token a character.
///
///     "AT&T"      at · t           "can't", "can’t"   can't
///     "U.S. law"  u.s · law        "3.14, 1,000"      3.14 · 1,000
///     "fox-it"    fox · it         "foo_bar"          foo_bar
///     "C++"       c                "東京カメラ"          東 · 京 · カメラ
///
/// The term of a token is what words are compared by:
///
/// | in the text | in the term | by |
/// |---|---|---|
/// | `Straße`, `ΣΊΣΥΦΟΣ` | `strasse`, `σισυφοσ` | full case folding (C + F) |
/// | `Café`, `Ёлка`, `שָׁלוֹם`, `أحمد` | `cafe`, `елка`, `שלום`, `احمد` | marks removed after Latin, Greek, Cyrillic, Hebrew and Arabic letters |
/// | `か` + U+3099, `한` in parts | `が`, `한` | other scripts composed, so that both spellings are equal |
/// | `’` `‘` `ʼ` `ʻ` `ʽ` `՚` `׳` `ꞌ` `＇` | `'` | apostrophes; none stays at either end of a term |
/// | `״` | `"` | Hebrew gershayim |
/// | `Ｆｕｌｌ１２`, `ｶﾞ`, `ﬁ`, `ﻻ`, `Ⅳ`, `𝐛` | `full12`, `ガ`, `fi`, `لا`, `iv`, `b` | compatibility forms of letters and digits |
/// | `æ` `œ` `ð` `þ` `ı` `ȷ` `ŋ` `ŀ` | `ae` `oe` `d` `th` `i` `j` `n` `l` | Latin letters that do not decompose |
/// | `ø` `ł` `đ` `ħ` `ŧ` `ɓ` … | `o` `l` `d` `h` `t` `b` … | Latin letters that Unicode names "… letter X with …" |
/// | soft hyphen, joiners, variation selectors | nothing | |
///
/// A term over 255 bytes is cut between characters and counted in ``TokenBatch/cutCount``. At most 32 marks of a run are looked
/// at.
package struct Analyzer: Sendable {
  /// Names the rules a token comes from; an index written under other rules must not be searched with these.
  package static let fingerprint = "lede-words-1 unicode-15.0"

  package init() {}

  /// Appends the tokens of a text to a batch. The text may hold any bytes: what is not UTF-8 separates words.
  ///
  /// The text must be shorter than 4 GiB, and so must the terms of all texts appended to one batch.
  ///
  /// Complexity: O(length of the text).
  package func analyze(_ text: Span<UInt8>, into batch: inout TokenBatch) {
    analyze(text, into: &batch, using: TextScanner())
  }

  func analyze(_ text: Span<UInt8>, into batch: inout TokenBatch, using scanner: consuming TextScanner) {
    precondition(text.count <= Int(UInt32.max), "a text must be shorter than 4 GiB")
    var written = batch.extent
    while true {
      batch.makeRoom(after: written, bytesLeft: text.count - scanner.position)
      var room = TokenRoom(in: &batch, after: written)
      scanner.scan(text, into: &room)
      let isFinished = scanner.position == text.count
      if isFinished { scanner.finish(&room) }
      written = room.extent
      batch.cutCount = room.cutCount
      if isFinished { break }
    }
    batch.removeRoom(after: written)
  }

  /// Appends the tokens of a string to a batch.
  package func analyze(_ text: String, into batch: inout TokenBatch) {
    analyze(text.utf8Span.span, into: &batch)
  }

  /// The compared form of a keyword value: its folded words, joined by single spaces.
  ///
  ///     keyword(" World   NEWS") → "world news"
  package func keyword(_ value: String) -> String { terms(in: value).joined(separator: " ") }

  /// The folded words of a text, in order.
  package func terms(in text: String) -> [String] {
    var batch = TokenBatch()
    analyze(text, into: &batch)
    return (0..<batch.count).map(batch.term)
  }
}
