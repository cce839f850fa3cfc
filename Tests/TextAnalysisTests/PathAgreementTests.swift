import Foundation
import Testing

@testable import TextAnalysis

@Suite("The two paths of the scanner")
struct PathAgreementTests {
  let analyzer = Analyzer()

  @Test("ASCII and mixed texts give the same tokens on both paths", arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func random(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1_000 {
      let text = randomText(using: &generator)
      #expect(analyzer.tokens(of: text) == analyzer.tokens(of: text, usesFastPath: false), "seed \(seed): \(text)")
    }
  }

  @Test("Both paths cut a long ASCII word alike", arguments: [253, 254, 255, 256, 257, 600])
  func longWords(length: Int) {
    for (left, right) in [("", ""), (" ", " "), ("x ", ". y"), ("é ", "é"), ("", ".b"), ("", ".bé"), ("", "'"), ("", "._")] {
      let text = left + String(repeating: "a", count: length) + right
      #expect(analyzer.tokens(of: text) == analyzer.tokens(of: text, usesFastPath: false), "\(left) \(right)")
    }
  }

  @Test("A long text is the same whether its room fits at once or grows")
  func growth() {
    let text = String(repeating: "The quick brown “fox” jumped. ", count: 5_000)
    let fresh = analyzer.tokens(of: text)
    var batch = TokenBatch()
    for _ in 0..<3 {
      batch.removeAll()
      analyzer.analyze(text, into: &batch)
      #expect(batch.tokens == fresh)
    }
    #expect(fresh.count == 25_000)
  }

  @Test(
    "Real articles give the same tokens on both paths",
    .enabled(if: TestFiles.hasShared("corpora/testcollections/time/corpus.jsonl"), "needs ../shared"))
  func articles() throws {
    let lines = try Data(contentsOf: TestFiles.shared.appending(path: "corpora/testcollections/time/corpus.jsonl"))
    let bytes = Array(lines)
    #expect(analyzer.tokens(of: bytes) == analyzer.tokens(of: bytes, usesFastPath: false))
  }

  private func randomText(using generator: inout SeededGenerator) -> [UInt8] {
    let common = Array("aeB9_'.,:;!?\"() \n\t-").map(String.init)
    let rare = [
      "é", "É", "ж", "e\u{301}", "\u{301}", "\u{AD}", "\u{200D}", "’", "“", "”", "—", "…", "א", "״", "東", "カ", "か", "한",
      "\u{2028}", "\u{2029}",
      "\u{85}", "\r\n", "\r", "\u{A0}", "\u{3000}", "🚀", "❤️", "🇫", "ß", "İ", "ﬁ", "ｱ", "ﾞ", "\u{FE0F}", "\u{0}", "。", "word",
      "Word. ", "1,000", "U.S.",
      "\u{345}", "\u{2BC}", "Ⓜ",
    ]
    let rareShare = Int.random(in: 0...10, using: &generator)
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...40, using: &generator) {
      if Int.random(in: 0..<40, using: &generator) == 0 {
        bytes.append(UInt8.random(in: 0...255, using: &generator))
      } else {
        let pieces = Int.random(in: 0..<20, using: &generator) < rareShare ? rare : common
        bytes += Array(pieces.randomElement(using: &generator)!.utf8)
      }
    }
    return bytes
  }
}
