import Foundation
import QueryLanguage

/// The trivial analyzer of these tests: runs of ASCII letters and digits, in lower case.
@Sendable func simpleWords(_ text: String) -> [String] {
  text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(String.init)
}

let parser = QueryParser(analyze: simpleWords)

/// Seeds of randomized tests; a failing test prints its seed as its argument.
let seeds = Array(UInt64(1)...20)

/// How many random cases a test makes of each seed: so many in every run, twenty times as many with `LEDE_LONG=1`.
func rounds(_ count: Int) -> Range<Int> {
  0..<count * max(1, ProcessInfo.processInfo.environment["LEDE_LONG"] == "1" ? 20 : 1)
}

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers from the same seed on every platform.
struct SeededGenerator: RandomNumberGenerator {
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

extension SeededGenerator {
  /// A query with every kind of node, normal or not.
  mutating func query(depth: Int) -> Query {
    guard depth > 1, Int.random(in: 0..<5, using: &self) > 0 else { return leaf() }
    switch Int.random(in: 0..<8, using: &self) {
    case 0, 1: return .and(queries(depth: depth - 1))
    case 2, 3: return .or(queries(depth: depth - 1))
    case 4, 5: return .not(query(depth: depth - 1))
    case 6: return .required(query(depth: depth - 1), optional: queries(depth: depth - 1))
    default: return .boosted(query(depth: depth - 1), by: [0, 0.5, 1, 2, 4].randomElement(using: &self)!)
    }
  }

  mutating func queries(depth: Int) -> [Query] {
    (0..<Int.random(in: 0...3, using: &self)).map { _ in query(depth: depth) }
  }

  mutating func leaf() -> Query {
    switch Int.random(in: 0..<10, using: &self) {
    case 0: return .everything
    case 1: return .nothing
    case 2: return .keyword(Query.Keyword(.source, ["x", "y", "world news"].randomElement(using: &self)!))
    case 3: return .date([DateRange("1987")!, DateRange("1987-03..1988")!, DateRange("..1950")!].randomElement(using: &self)!)
    case 4, 5: return .phrase(Query.Phrase((0..<Int.random(in: 1...3, using: &self)).map { _ in word() }, in: field()))
    default: return .term(Query.Term(word(), in: field()))
    }
  }

  mutating func word() -> String { ["a", "b", "c", "near5", "or", "1987", "title"].randomElement(using: &self)! }

  mutating func field() -> TextField? { [nil, nil, .title, .body].randomElement(using: &self)! }
}
