import Foundation
import QueryLanguage
import Testing

@Suite("Fuzzing the query parser")
struct FuzzTests {
  /// `LEDE_LONG=1` tries for a minute.
  private static let duration = Duration.seconds(ProcessInfo.processInfo.environment["LEDE_LONG"] == "1" ? 60 : 1)
  private static let pieces: [String] = [
    "lumber", "\"", "(", ")", "-", "+", "and", "OR", "NOT", " ", "\t", "title:", "body:", "source:", "date:", "1987", "..",
    "1987-02-30", "..1986", "*", "a*", "near", "NEAR/5", "^", "^2", "~", "\\", ":", "é", "e\u{301}", "😀", "\u{0}", "\u{202E}",
    "[",
    "]", "{", "}", "'", "“", "”", "/", "&&", "||", "!", "w:w:w", ",", "99999999999999999999", "-1",
  ]

  @Test("Any text is understood somehow, and what it was understood as is understood as itself")
  func anyText() {
    var generator = SeededGenerator(seed: 3)
    let end = ContinuousClock.now + Self.duration
    var rounds = 0
    while ContinuousClock.now < end || rounds < 20 {
      rounds += 1
      let count = rounds.isMultiple(of: 50) ? 3_000 : Int.random(in: 0...24, using: &generator)
      var text = (0..<count).map { _ in Self.pieces.randomElement(using: &generator)! }.joined()
      if rounds.isMultiple(of: 3) {
        // Bytes that need not be a text; they are repaired as a program's arguments are.
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 0...5, using: &generator) where !bytes.isEmpty {
          bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        text = String(decoding: bytes, as: UTF8.self)
      }
      let options = QueryOptions(joinsWithOr: Bool.random(using: &generator))
      let parsed = parser.parse(text, options)
      let written = parsed.query.description
      if parsed.notes.isEmpty {
        #expect(parser.parse(written, options).query.description == written, "round \(rounds): \(text.debugDescription)")
      }
    }
    print("fuzzing, query parser: \(rounds) texts in \(Self.duration), 0 crashes")
  }
}
