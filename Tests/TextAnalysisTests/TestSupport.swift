import Foundation

@testable import TextAnalysis

/// A token as tests compare it.
struct Token: Equatable, CustomStringConvertible {
  var term: String
  var start: Int
  var end: Int
  var shape: UInt8

  var description: String { "\(term)[\(start)..<\(end)]\(shape)" }

  static func == (one: Token, other: Token) -> Bool {
    Spelling(one.term) == Spelling(other.term) && (one.start, one.end, one.shape) == (other.start, other.end, other.shape)
  }
}

/// A word compared by its bytes: strings are equal already when they are canonically equivalent, and terms must be more than
/// that.
struct Spelling: Equatable, ExpressibleByStringLiteral, CustomStringConvertible {
  let word: String

  init(_ word: String) { self.word = word }

  init(stringLiteral word: String) { self.word = word }

  var description: String { word }

  static func == (one: Spelling, other: Spelling) -> Bool { one.word.utf8.elementsEqual(other.word.utf8) }
}

extension Analyzer {
  func tokens(of bytes: [UInt8], usesFastPath: Bool = true) -> [Token] {
    var batch = TokenBatch()
    analyze(bytes.span, into: &batch, using: TextScanner(usesFastPath: usesFastPath))
    return batch.tokens
  }

  func tokens(of text: String, usesFastPath: Bool = true) -> [Token] {
    tokens(of: Array(text.utf8), usesFastPath: usesFastPath)
  }

  func spellings(in text: String) -> [Spelling] { terms(in: text).map { Spelling($0) } }

  /// The first words of each sentence or paragraph.
  func words(of text: String, thatAre shape: TokenShape) -> [String] {
    tokens(of: text).filter { TokenShape(rawValue: $0.shape).isSuperset(of: shape) }.map(\.term)
  }
}

extension TokenBatch {
  var tokens: [Token] {
    (0..<count).map { Token(term: term($0), start: Int(starts[$0]), end: Int(ends[$0]), shape: shapes[$0]) }
  }
}

/// A small generator whose numbers follow from the seed alone (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
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

enum TestFiles {
  static let resources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Resources")

  /// Texts too large to keep beside the tests: `../shared` of the package, or LEDE_SHARED.
  static let shared: URL = {
    if let path = ProcessInfo.processInfo.environment["LEDE_SHARED"] { return URL(filePath: path) }
    return URL(filePath: #filePath).appending(path: "../../../../shared").standardized
  }()

  static func hasShared(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: shared.appending(path: path).path)
  }

  /// The lines of a file of the Unicode Character Database without their comments, with their numbers from 1.
  static func unicodeLines(_ url: URL) throws -> [(number: Int, text: Substring)] {
    try String(contentsOf: url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { (number: $0.offset + 1, text: $0.element.prefix { $0 != "#" }) }
      .filter { !$0.text.allSatisfy(\.isWhitespace) }
  }
}

/// The text of space-separated hexadecimal scalars.
func text(ofScalars codes: some StringProtocol) -> String {
  var result = String.UnicodeScalarView()
  for code in codes.split(separator: " ") {
    if let value = UInt32(code, radix: 16), let scalar = Unicode.Scalar(value) { result.append(scalar) }
  }
  return String(result)
}

/// The processor time of this thread in nanoseconds, which other tests and programs do not lengthen.
func threadTime() -> UInt64 {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
