import QueryLanguage
import SearchAPI
import Testing

@testable import LedeCommand

@Suite("Printing")
struct PrintingTests {
  @Test("Text on one line shows control characters instead of obeying them")
  func printableLine() {
    #expect(PrintableText.line(of: "a\n \t b\u{1B}[31m") == "a b␛[31m")
    #expect(PrintableText.line(of: "x\u{9B}2J\u{7F}\u{202E}y\0") == "x\u{FFFD}2J␡\u{FFFD}y␀")
    #expect(PrintableText.line(of: "e\u{301} 原油 👩‍👧") == "e\u{301} 原油 👩‍👧")
  }

  @Test("Lines keep their breaks and their spaces, and nothing else that moves the cursor")
  func printableLines() {
    #expect(PrintableText.lines(of: "a\r\nb\u{B}c\n\n\td\r") == ["a", "b", "c", "", "    d", ""])
    #expect(PrintableText.lines(of: "").map(\.count) == [0])
  }

  @Test("East Asian wide characters and emoji take two columns, combining marks none")
  func widths() {
    #expect(DisplayWidth.of("abc") == 3)
    #expect(DisplayWidth.of("原油") == 4)
    #expect(DisplayWidth.of("한국") == 4)
    #expect(DisplayWidth.of("ｆｕｌｌ") == 8)
    #expect(DisplayWidth.of("e\u{301}") == 1)
    #expect(DisplayWidth.of("😀👩‍👧") == 4)
    #expect(DisplayWidth.of("“–” äß") == 6)
  }

  @Test("Lines are broken at spaces, between wide characters, and inside a word only where it is too long")
  func lineBreaking() {
    func lines(_ text: String, _ width: Int) -> [String] { LineBreaker.lines(of: StyledText(text), width: width).map(\.text) }
    #expect(lines("the rail strike of 1946", 10) == ["the rail", "strike of", "1946"])
    #expect(lines("原油価格が上昇", 6) == ["原油価", "格が上", "昇"])
    #expect(lines("a incomprehensible b", 8) == ["a", "incompre", "hensible", "b"])
    #expect(lines("  indented text", 10) == ["  indented", "text"])
    #expect(lines("", 10) == [""])
    #expect(lines("原", 1) == ["原"])
  }

  @Test("No line is wider than it may be, and no word is lost", arguments: [1, 7, 40, 100], [UInt64(1), 2, 3])
  func linesFit(width: Int, seed: UInt64) {
    var generator = SplitMix(seed: seed)
    let alphabet = Array("ab c  é原😀-")
    let text = String((0..<500).map { _ in alphabet.randomElement(using: &generator) ?? "x" })
    let lines = LineBreaker.lines(of: StyledText(text), width: width)
    for line in lines { #expect(DisplayWidth.of(line.text) <= max(width, 2), "seed \(seed)") }
    #expect(lines.map(\.text).joined().filter { $0 != " " } == text.filter { $0 != " " }, "seed \(seed)")
  }

  @Test("Marks become bold, and marks that do not fit the text are left out")
  func markedText() {
    let marked = MarkedText("a lumber\ntariff", marks: [2..<8, 9..<15, 90..<99], isCutBefore: true, isCutAfter: true)
    let terminal = Terminal(width: 80, usesStyle: true)
    #expect(StyledText(marked).rendered(on: terminal) == "… a \u{1B}[1mlumber\u{1B}[0m \u{1B}[1mtariff\u{1B}[0m …")
    #expect(StyledText(marked).rendered(on: Terminal(width: 80, usesStyle: false)) == "… a lumber tariff …")
  }

  @Test("A page of hits, set for 80 columns")
  func page() {
    let hits = [
      SearchHit(
        id: "reuters21578-4512", score: 9.84,
        title: MarkedText("Canada says softwood lumber tariff will hurt U.S. builders and others"),
        date: ArticleDate("1987-03-03T10:00:00Z"), keywords: [.source: "Reuters"], url: nil,
        passage: MarkedText("the 15 pct tariff took effect", isCutBefore: true, isCutAfter: true)),
      SearchHit(
        id: String(repeating: "long-", count: 15), score: 0.5, title: MarkedText(""), date: ArticleDate("1896"), keywords: [:],
        url: nil, passage: nil),
    ]
    let page = HitPrinter(terminal: Terminal(width: 80, usesStyle: false)).page(hits, offset: 9, showsScores: true)
    #expect(
      page == """

        10  Canada says softwood lumber tariff will hurt U.S.        1987-03-03  Reuters
            builders and others
            … the 15 pct tariff took effect …
            reuters21578-4512                                                 score 9.84

        11  (no title)                                               1896
            score 0.50  long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-

        """)
  }

  @Test("The progress bar fits its terminal and says how far it is", arguments: [40, 80, 100])
  func progressBar(width: Int) {
    let bar = ProgressBar(terminal: Terminal(width: width, usesStyle: false), isShown: true)
    let line = bar.line(articles: 21_578, bytesRead: 81_000_000, bytesInAll: 100_000_000, elapsed: .seconds(2))
    #expect(DisplayWidth.of(line) < width)
    #expect(line.hasPrefix("Reading 21,578 articles"))
    if width >= 80 {
      #expect(line.hasSuffix("81 %  40 MB/s  1 s left"))
      #expect(line.contains("━"))
    }
    #expect(!bar.line(articles: 1, bytesRead: 5, bytesInAll: nil, elapsed: .seconds(1)).contains("%"))
  }
}

/// A small seeded generator (Steele, Lea & Flood 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
