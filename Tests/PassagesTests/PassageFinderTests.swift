import Passages
import Testing
import TextAnalysis

@Suite("PassageFinder")
struct PassageFinderTests {
  private func passage(_ text: String, _ intervals: [ClosedRange<Int>], longest: Int) -> Passage {
    var tokens = TokenBatch()
    Analyzer().analyze(text, into: &tokens)
    return PassageFinder(longest: longest).passage(of: text, tokens: tokens, intervals: intervals)
  }

  @Test("The worked example of PassageFinder holds")
  func workedExample() {
    let passage = passage("I saw him. The fox ran off. More.", [4...4], longest: 22)
    #expect(passage == Passage(text: "The fox ran off. More.", marks: [4..<7], isCutBefore: true, isCutAfter: false))
  }

  @Test("Without matches the passage is the start of the text")
  func lede() {
    #expect(
      passage("\n “One two”, three four.", [], longest: 12)
        == Passage(text: "“One two”,", marks: [], isCutBefore: false, isCutAfter: true))
    #expect(passage("One.", [], longest: 4) == Passage(text: "One.", marks: [], isCutBefore: false, isCutAfter: false))
    #expect(passage("One.\n", [], longest: 9) == Passage(text: "One.", marks: [], isCutBefore: false, isCutAfter: false))
  }

  @Test("More different words beat more matches, and those beat the first place")
  func choice() {
    let text =
      "Rail rail rail rail. " + String(repeating: "Nothing here now. ", count: 9) + "Rail strike ended. "
      + String(repeating: "So it goes. ", count: 9)
    let passage = passage(text, [0...0, 1...1, 2...2, 3...3, 31...31, 32...32], longest: 40)
    #expect(passage.text.hasPrefix("Rail strike ended."))
    #expect(passage.marks == [0..<4, 5..<11])
    #expect(passage.isCutBefore && passage.isCutAfter)
  }

  @Test("An interval is one mark, neighbours are two, and overlapping ones are joined")
  func marks() {
    #expect(passage("The White House, the white whale", [1...2], longest: 99).marks == [4..<15])
    #expect(passage("The White House, the white whale", [1...1, 2...2], longest: 99).marks == [4..<9, 10..<15])
    #expect(passage("The White House, the white whale", [2...3, 1...2], longest: 99).marks == [4..<20])
    #expect(passage("Été à Orléans", [2...2, 0...0], longest: 99).marks == [0..<5, 9..<17])
    var tokens = TokenBatch()
    Analyzer().analyze("Rail strike", into: &tokens)
    #expect(PassageFinder.marks(of: [1...1, 0...0], in: tokens) == [0..<4, 5..<11])
  }

  @Test("A long sentence is entered at a word, with some words before the match")
  func longSentence() {
    let words = (0..<100).map { "w\($0)" }.joined(separator: " ")
    let passage = passage(words, [50...50], longest: 31)
    #expect(passage.text == "w47 w48 w49 w50 w51 w52 w53 w54")
    #expect(passage.marks == [12..<15])
    #expect(passage.isCutBefore && passage.isCutAfter)
  }

  @Test("A match near the end is shown with the sentences before it")
  func nearTheEnd() {
    #expect(passage("One one. Two two. Three three. Four.", [6...6], longest: 30).text == "Two two. Three three. Four.")
  }

  @Test("A word or match longer than the passage is cut")
  func tooLong() {
    let word = String(repeating: "é", count: 50)
    #expect(
      passage(word, [0...0], longest: 10)
        == Passage(text: String(repeating: "é", count: 10), marks: [0..<20], isCutBefore: false, isCutAfter: true))
    let phrase = passage("so one two three four", [1...4], longest: 9)
    #expect(phrase.text == "one two" && phrase.marks == [0..<7])
  }

  @Test("Texts without words and passages without room are harmless", arguments: ["", " ", "—", " -- \n ** "])
  func empty(text: String) {
    for longest in [-1, 0, 1, 3, 100] {
      let passage = passage(text, [], longest: longest)
      #expect(passage.text.unicodeScalars.count <= max(0, longest))
      #expect(passage.marks.isEmpty && !passage.isCutBefore)
    }
    #expect(passage("a b", [1...1], longest: 0) == Passage(text: "", marks: [], isCutBefore: true, isCutAfter: true))
  }

  @Test("Passages of random texts keep every promise", arguments: [1, 2, 3, 4] as [UInt64])
  func random(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1_000 {
      let pieces = [
        "one ", "Two ", "two. ", "“Three” ", "é ", "four-five ", "\n\n", "東京 ", "sixsixsix ", "— ", "U.S. ", "can’t ",
      ]
      let text = (0..<Int.random(in: 0...40, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }.joined()
      var tokens = TokenBatch()
      Analyzer().analyze(text, into: &tokens)
      var intervals: [ClosedRange<Int>] = []
      for _ in 0..<Int.random(in: 0...6, using: &generator) where tokens.count > 0 {
        let first = Int.random(in: 0..<tokens.count, using: &generator)
        intervals.append(first...min(tokens.count - 1, first + Int.random(in: 0...2, using: &generator)))
      }
      let longest = Int.random(in: 0...80, using: &generator)
      let passage = PassageFinder(longest: longest).passage(of: text, tokens: tokens, intervals: intervals)
      let judge = PassageJudge(text: text, tokens: tokens, intervals: intervals, longest: longest)
      #expect(
        judge.complaint(about: passage) == nil,
        "seed \(seed), longest \(longest), \(intervals), \(text.debugDescription): \(passage)")
    }
  }
}

/// Judges a passage by trying every place of the text it may stand at.
private struct PassageJudge {
  let text: String
  let tokens: TokenBatch
  let intervals: [ClosedRange<Int>]
  let longest: Int

  func complaint(about passage: Passage) -> String? {
    if passage.text.unicodeScalars.count > longest { return "too long" }
    let bytes = Array(text.utf8)
    let piece = Array(passage.text.utf8)
    let places = (0...bytes.count - piece.count).filter { Array(bytes[$0..<$0 + piece.count]) == piece }
    if places.isEmpty { return "not of the text" }
    if !places.contains(where: { isMarkedRight(passage, at: $0) }) { return "marked wrong" }
    if distinctWords(passage) < mostDistinctWords() { return "a place with more different words exists" }
    return nil
  }

  private func isMarkedRight(_ passage: Passage, at place: Int) -> Bool {
    let end = place + passage.text.utf8.count
    let bytes = Array(text.utf8)
    let isSpace = { (range: Range<Int>) in String(decoding: bytes[range], as: UTF8.self).allSatisfy(\.isWhitespace) }
    if passage.isCutBefore == isSpace(0..<place) || passage.isCutAfter == isSpace(end..<bytes.count) { return false }
    let marks: [Range<Int>] = covered.compactMap { range in
      let first = max(place, Int(tokens.starts[range.lowerBound])) - place
      let last = min(end, Int(tokens.ends[range.upperBound])) - place
      return first < last ? first..<last : nil
    }
    return marks == passage.marks
  }

  /// The matched words, joined where one interval holds both.
  private var covered: [ClosedRange<Int>] {
    var result: [ClosedRange<Int>] = []
    for token in 0..<tokens.count where intervals.contains(where: { $0.contains(token) }) {
      if let last = result.last, last.upperBound == token - 1,
        intervals.contains(where: { $0.contains(token) && $0.contains(token - 1) })
      {
        result[result.count - 1] = last.lowerBound...token
      } else {
        result.append(token...token)
      }
    }
    return result
  }

  private func words(_ range: ClosedRange<Int>) -> String { range.map(tokens.term).joined(separator: " ") }

  private func distinctWords(_ passage: Passage) -> Int {
    Set(
      passage.marks.map { mark in
        Analyzer().terms(in: String(decoding: Array(passage.text.utf8)[mark], as: UTF8.self)).joined(separator: " ")
      }
    ).count
  }

  private func mostDistinctWords() -> Int {
    var most = 0
    for first in covered.indices {
      for last in first..<covered.count {
        let piece = Array(text.utf8)[Int(tokens.starts[covered[first].lowerBound])..<Int(tokens.ends[covered[last].upperBound])]
        if String(decoding: piece, as: UTF8.self).unicodeScalars.count <= longest {
          most = max(most, Set(covered[first...last].map(words)).count)
        }
      }
    }
    return most
  }
}

/// A small generator whose numbers follow from the seed alone (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
