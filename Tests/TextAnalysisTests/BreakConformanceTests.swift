import Foundation
import Testing

@testable import TextAnalysis

@Suite("Unicode 15.0 break tests")
struct BreakConformanceTests {
  @Test("Word borders are those of every line of WordBreakTest.txt")
  func words() throws {
    let lines = try TestFiles.unicodeLines(TestFiles.resources.appending(path: "WordBreakTest.txt"))
    #expect(lines.count == 1823)
    for line in lines {
      let sample = BreakSample(line.text)
      #expect(wordBorders(of: sample.bytes) == sample.borders, "line \(line.number): \(line.text)")
    }
  }

  @Test("Sentence borders are those of every line of SentenceBreakTest.txt")
  func sentences() throws {
    let lines = try TestFiles.unicodeLines(TestFiles.resources.appending(path: "SentenceBreakTest.txt"))
    #expect(lines.count == 502)
    for line in lines {
      let sample = BreakSample(line.text)
      #expect(sentenceBorders(of: sample.bytes) == sample.borders, "line \(line.number): \(line.text)")
    }
  }

  @Test("The byte table classifies ASCII as the Unicode tables do")
  func bytes() {
    for byte in UInt8(0)..<0x80 {
      let properties = UnicodeTables.shared.properties(of: UInt32(byte))
      #expect(ByteClass.sentenceBreak(of: byte) == properties.sentenceBreak)
      let kind = ByteClass(rawValue: ByteClass.table[Int(byte)])
      #expect(kind.contains(.upper) == properties.isUpper)
      #expect(kind.contains(.lower) == properties.isLower)
      #expect(kind.contains(.digit) == (properties.wordBreak == .numeric))
      #expect(kind.contains(.underscore) == (properties.wordBreak == .extendNumLet))
      let joinsBoth = properties.wordBreak == .midNumLet || properties.wordBreak == .singleQuote
      #expect(kind.contains(.joinsLetters) == (joinsBoth || properties.wordBreak == .midLetter))
      #expect(kind.contains(.joinsDigits) == (joinsBoth || properties.wordBreak == .midNum))
    }
  }

  private func wordBorders(of bytes: [UInt8]) -> [Int] {
    var borders = [0]
    let breaker = WordBreaker()
    while let last = borders.last, last < bytes.count { borders.append(breaker.segment(of: bytes.span, at: last).end) }
    return borders
  }

  private func sentenceBorders(of bytes: [UInt8]) -> [Int] {
    var borders: Set<Int> = [0, bytes.count]
    var undecided = 0
    var breaker = SentenceBreaker()
    var position = 0
    while position < bytes.count {
      let scalar = decodeScalar(bytes.span, at: position)
      switch breaker.read(UnicodeTables.shared.properties(of: scalar.value).sentenceBreak) {
      case .here: borders.insert(position)
      case .undecidedHere: undecided = position
      case .confirmedEarlier: borders.insert(undecided)
      case .none, .deniedEarlier: break
      }
      position += scalar.length
    }
    if breaker.state == .undecided { borders.insert(undecided) }
    return borders.sorted()
  }
}

/// One line of a break test: `÷ 0061 × 002E ÷`.
private struct BreakSample {
  var bytes: [UInt8] = []
  var borders: [Int] = []

  init(_ line: Substring) {
    for part in line.split(whereSeparator: \.isWhitespace) {
      switch part {
      case "÷": borders.append(bytes.count)
      case "×": break
      default: bytes += Array(text(ofScalars: part).utf8)
      }
    }
  }
}
