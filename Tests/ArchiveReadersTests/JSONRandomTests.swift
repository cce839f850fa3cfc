import ArchiveReaders
import Foundation
import SearchAPI
import Testing

/// Our scanner against Foundation's, on random JSON.
@Suite("Random JSON")
struct JSONRandomTests {
  static let seeds: [UInt64] = SharedData.runsLongTests ? Array(1...400) : Array(1...8)

  @Test("Every well-formed record reads as Foundation reads it", arguments: seeds)
  func wellFormed(seed: UInt64) throws {
    var writer = JSONWriter(seed: seed)
    let lines = (0..<200).map { _ in writer.record() }
    let reading = try Reading(file: "a.jsonl", lines.joined(separator: "\n"))
    #expect(reading.skipped.isEmpty, "seed \(seed)")
    #expect(reading.articles.count == lines.count, "seed \(seed)")
    for (line, article) in zip(lines, reading.articles) {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      #expect(article.title == object["title"] as? String ?? "", "seed \(seed): \(line)")
      #expect(article.body == object["body"] as? String ?? "", "seed \(seed): \(line)")
    }
  }

  @Test("A record damaged at one place is taken exactly when Foundation takes it", arguments: seeds)
  func damaged(seed: UInt64) throws {
    var writer = JSONWriter(seed: seed &+ 1_000_000)
    let lines = (0..<200).map { _ in writer.damagedRecord() }
    let reading = try Reading(file: "a.jsonl", lines.joined(separator: "\n"))
    let skipped = Dictionary(uniqueKeysWithValues: reading.skipped.map { ($0.origin, $0.reason) })
    for (index, line) in lines.enumerated() {
      let value = try? JSONSerialization.jsonObject(with: Data(line.utf8), options: .fragmentsAllowed)
      let isTaken = value is [String: Any]
      let reason = skipped["a.jsonl:\(index + 1)"]
      let isReadable = reason == nil || reason?.hasPrefix("it has neither") == true
      #expect(isReadable == isTaken, "seed \(seed): \(line): \(reason ?? "read")")
    }
  }
}

/// Writes random JSON records of one line each. Keys do not repeat inside an object: there Foundation promises nothing.
private struct JSONWriter {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func record() -> String {
    var members: [String] = []
    for key in ["title", "body", "a", "b", "c"].shuffled(using: &generator) where chance(80) || key == "title" {
      let value = key == "title" || key == "body" ? string() : value(depth: 1)
      members.append("\(space())\"\(key)\"\(space()):\(space())\(value)\(space())")
    }
    return "\(space()){\(members.joined(separator: ","))}\(space())"
  }

  /// A record with one byte taken out, put in, doubled or exchanged; no escapes beyond ASCII, on which the two readers differ
  /// by intention.
  mutating func damagedRecord() -> String {
    while true {
      var bytes = Array(record().utf8)
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      let byte = Array("{}[]:,\"\\ 0123456789-+.eEtrufalsn/x".utf8).random(using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(byte, at: place)
      case 2: bytes.insert(bytes[place], at: place)
      default: bytes[place] = byte
      }
      // Judged differently on purpose: half surrogate pairs and numbers too large for Double, which Foundation refuses, and a
      // comma before the end of an object, which it takes against the grammar.
      guard let line = String(validating: bytes, as: UTF8.self), !line.contains("\n"), !line.lowercased().contains("\\ud"),
        !line.contains(/[0-9][eE][+-]?[0-9]{3}/), !line.contains(/,\s*}/)
      else { continue }
      return line
    }
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

  private mutating func space() -> String { chance(20) ? [" ", "\t", "  ", "\r"].random(using: &generator) : "" }

  private mutating func value(depth: Int) -> String {
    switch Int.random(in: 0..<(depth < 5 ? 8 : 6), using: &generator) {
    case 0: return "null"
    case 1: return chance(50) ? "true" : "false"
    case 2, 3: return string()
    case 4: return "\(Int.random(in: -1_000_000...1_000_000, using: &generator))"
    case 5: return ["0.5", "-0", "1e5", "1E+2", "12.25e-3", "0"].random(using: &generator)
    case 6:
      let count = Int.random(in: 0..<4, using: &generator)
      return "[\((0..<count).map { _ in space() + value(depth: depth + 1) }.joined(separator: ","))\(space())]"
    default:
      let count = Int.random(in: 0..<4, using: &generator)
      return "{\((0..<count).map { "\"k\($0)\":" + value(depth: depth + 1) }.joined(separator: ",\(space())"))}"
    }
  }

  private mutating func string() -> String {
    let pieces = [
      "a", "word ", "é", "中", "🧀", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00e9", "\\uD83E\\uDDC0", "{", "]", ",", "\u{301}",
      "\u{2028}", "\\t", "\\b\\f\\r", "a long run of plain text ",
    ]
    let count = chance(5) ? 500 : Int.random(in: 0..<12, using: &generator)
    return "\"\((0..<count).map { _ in pieces.random(using: &generator) }.joined())\""
  }
}
