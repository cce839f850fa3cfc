import Foundation
import Testing

@testable import TextAnalysis

@Suite("Folding")
struct FoldingTests {
  let analyzer = Analyzer()

  @Test(
    "Words fold as the table of Analyzer says",
    arguments: [
      ("Straße", "strasse"), ("ẞ", "ss"), ("ΣΊΣΥΦΟΣ", "σισυφοσ"), ("Σίσυφος", "σισυφοσ"), ("Café", "cafe"),
      ("Cafe\u{301}", "cafe"),
      ("Ёлка", "елка"), ("Йод", "иод"), ("שָׁלוֹם", "שלום"), ("أحمد", "احمد"), ("مُحَمَّد", "محمد"), ("Việt", "viet"),
      ("İstanbul", "istanbul"),
      ("ılık", "ilik"), ("Łódź", "lodz"), ("Ørsted", "orsted"), ("Đorđe", "dorde"), ("Ærø", "aero"), ("Œuvre", "oeuvre"),
      ("Þór", "thor"),
      ("Ŋ", "n"), ("ɓ", "b"), ("Ƙ", "k"), ("ﬁnﬂuﬃ", "finfluffi"), ("Ｆｕｌｌ１２", "full12"), ("ｶﾞｷﾞ", "ガギ"), ("カ\u{3099}", "ガ"),
      ("が", "が"),
      ("か\u{3099}", "が"), ("\u{1112}\u{1161}\u{11AB}", "한"), ("한", "한"), ("हिन्दी", "हिन्दी"), ("Ⅳ", "iv"), ("𝐛old", "bold"), ("ﻻ", "لا"),
      ("so\u{AD}ft", "soft"), ("a\u{200D}b", "ab"), ("می\u{200C}خواهم", "میخواهم"), ("Hawai\u{2BB}i", "hawai'i"),
      ("\u{2BB}okina", "okina"),
      ("o\u{2BC}", "o"), ("ŉ", "n"), ("豈", "豈"), ("paraŀlel", "parallel"), ("paral·lel", "paral·lel"), ("ᾼ", "αι"),
      ("ΆΥΛΟΣ", "αυλοσ"), ("ǆ", "dz"), ("Å", "a"),
    ])
  func worked(text: String, term: Spelling) {
    #expect(analyzer.spellings(in: text) == [term])
    #expect(analyzer.spellings(in: term.word) == [term], "folding what is folded changes nothing")
  }

  @Test("Every letter has the term of its full case folding in CaseFolding.txt")
  func caseFolding() throws {
    var checked = 0
    for line in try TestFiles.unicodeLines(TestFiles.resources.appending(path: "CaseFolding.txt")) {
      let fields = line.text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      guard fields[1] == "C" || fields[1] == "F" else { continue }
      // After another letter, because U+0345 is a mark.
      let terms = analyzer.spellings(in: "ж" + text(ofScalars: fields[0]))
      #expect(terms == analyzer.spellings(in: "ж" + text(ofScalars: fields[2])), "line \(line.number): \(line.text)")
      #expect(terms.count == 1)
      checked += 1
    }
    #expect(checked == 1530)
  }

  @Test(
    "Every normalisation form of NormalizationTest.txt gives equal terms, composed",
    .enabled(if: TestFiles.hasShared("corpora/linguistic/unicode/NormalizationTest.txt"), "needs ../shared"))
  func normalization() throws {
    let url = TestFiles.shared.appending(path: "corpora/linguistic/unicode/NormalizationTest.txt")
    var checked = 0
    for line in try TestFiles.unicodeLines(url) where !line.text.hasPrefix("@") {
      let forms = line.text.split(separator: ";").prefix(3).map { text(ofScalars: $0) }
      let terms = analyzer.spellings(in: forms[0])
      #expect(
        analyzer.spellings(in: forms[1]) == terms && analyzer.spellings(in: forms[2]) == terms,
        "line \(line.number): \(line.text)")
      checked += 1
    }
    #expect(checked > 18_000)
  }

  @Test("Folding a folded scalar again changes nothing, and no folding is empty")
  func idempotent() {
    let tables = UnicodeTables.shared
    for value in UInt32(0)...0x10FFFF {
      for index in tables.folding(of: value) { #expect(tables.folding(of: tables.foldScalars[index]).isEmpty, "\(value)") }
      // Most ideographs fold to themselves, which the loop above has seen.
      guard tables.properties(of: value).makesWord, !tables.folding(of: value).isEmpty, let scalar = Unicode.Scalar(value) else {
        continue
      }
      let terms = analyzer.spellings(in: String(scalar))
      #expect(terms.count == 1 && analyzer.spellings(in: terms[0].word) == terms, "U+\(String(value, radix: 16)) \(terms)")
    }
  }

  @Test(
    "A term over 255 bytes is cut between characters and counted",
    arguments: ["a", "é", "东", "ж", "한", "\u{10400}", "ﬃ", "क\u{93C}"])
  func cut(letter: String) {
    for count in [1, 63, 64, 85, 86, 127, 128, 254, 255, 256, 300] {
      let word = String(repeating: letter, count: count) + "a"
      var batch = TokenBatch()
      analyzer.analyze(word, into: &batch)
      let term = batch.term(0)
      let piece = analyzer.terms(in: letter)[0]
      if analyzer.spellings(in: letter + "a").count > 1 { continue }
      let whole = String(repeating: piece, count: count) + "a"
      #expect(batch.count == 1)
      #expect(batch.ends == [UInt32(word.utf8.count)])
      #expect(batch.cutCount == (whole.utf8.count > 255 ? 1 : 0))
      #expect(whole.utf8.starts(with: term.utf8))
      #expect(term.utf8.count <= 255 && (term == whole || term.utf8.count > 255 - piece.utf8.count))
    }
  }

  @Test("Marks in any order of their classes give one term, and compose across each other as NFC says")
  func markOrder() {
    #expect(analyzer.spellings(in: "क\u{951}\u{952}") == ["क\u{952}\u{951}"])
    #expect(analyzer.spellings(in: "क\u{952}\u{951}\u{93C}") == ["क\u{93C}\u{952}\u{951}"])
    #expect(analyzer.spellings(in: "か\u{323}\u{3099}") == ["が\u{323}"])
    #expect(analyzer.spellings(in: "か\u{3099}\u{3099}") == ["が\u{3099}"])
  }

  @Test("Of a run of marks 32 are looked at")
  func markRuns() {
    let marks = String(repeating: "\u{93C}", count: 1_000)
    #expect(analyzer.spellings(in: "म" + marks) == [Spelling("म" + String(repeating: "\u{93C}", count: 32))])
    #expect(analyzer.spellings(in: "e" + String(repeating: "\u{301}", count: 1_000) + "a") == ["ea"])
  }

  @Test(
    "Texts made to be slow take linear time",
    arguments: ["a", "é", "e\u{301}", "\u{93C}", "\u{300}\u{316}", "a:", "1.", ". 1", "\u{200D}", "1,\u{300}", "\u{345}", "ﾞ"])
  func linear(piece: String) {
    func time(_ count: Int) -> UInt64 {
      let text = "म" + String(repeating: piece, count: count)
      var batch = TokenBatch()
      let start = threadTime()
      analyzer.analyze(text, into: &batch)
      return threadTime() - start
    }
    _ = time(1_000)
    let once = min(time(10_000), time(10_000), time(10_000))
    // Eight times the text: linear is 8 times as long, and 32 on a bad day; quadratic is 64.
    #expect(min(time(80_000), time(80_000)) < once * 8 * 4)
  }
}
