import Foundation
import IndexStorage

/// A run of the command that changes an index, and what the index holds once the run has acknowledged it.
struct Change {
  /// The title of each article by id.
  typealias Contents = [String: String]

  /// The command line, without the index.
  let arguments: [String]
  let before: Contents
  let after: Contents

  /// Adds and replaces articles, and deletes those that are not named where `prunes` is set.
  ///
  /// Titles and bodies begin with the number of the change, so that an article put together from two changes is noticed.
  static func indexing(
    _ ids: [Int], number: Int, of before: Contents, prunes: Bool, wordCount: Int = 40, in folder: ScratchFolder
  ) throws -> Change {
    let lines = ids.map { id in
      // Few repeat, and nothing packs them: an index grows with the words.
      var words = SeededGenerator(seed: UInt64(number << 32 | id))
      let text = (0..<wordCount).map { _ in String(words.next() >> 34, radix: 36) }.joined(separator: " ")
      return #"{"id":"a\#(id)","title":"Change \#(number)","body":"Change \#(number) third\#(id % 3) \#(text)"}"#
    }
    let file = try folder.file("change-\(number).jsonl", lines.joined(separator: "\n") + "\n")
    let added = Contents(ids.map { ("a\($0)", "Change \(number)") }) { $1 }
    return Change(
      arguments: ["index", file] + (prunes ? ["--prune"] : []), before: before,
      after: prunes ? added : before.merging(added) { $1 })
  }

  /// Deletes articles by id.
  static func deleting(_ ids: [String], of before: Contents) -> Change {
    Change(arguments: ["delete"] + ids, before: before, after: before.filter { !ids.contains($0.key) })
  }

  /// Deletes the articles whose number leaves this remainder when divided by three, by a query for a word of their bodies.
  static func deleting(third: Int, of before: Contents) -> Change {
    Change(
      arguments: ["delete", "--query", "third\(third)"], before: before,
      after: before.filter { Int($0.key.dropFirst())! % 3 != third })
  }

  /// A change of any kind that changes something.
  static func random(
    number: Int, of before: Contents, wordCount: Int = 40, in folder: ScratchFolder, using generator: inout SeededGenerator
  ) throws -> Change {
    let kind = before.count < 3 ? 0 : Int.random(in: 0..<10, using: &generator)
    switch kind {
    case 0..<7:
      let ids = (0..<60).shuffled(using: &generator).prefix(Int.random(in: 1...30, using: &generator))
      return try indexing(
        Array(ids), number: number, of: before, prunes: kind >= 5, wordCount: wordCount, in: folder)
    case 7..<9:
      let ids = before.keys.sorted().shuffled(using: &generator)
      return deleting(Array(ids.prefix(Int.random(in: 1...3, using: &generator))), of: before)
    default:
      let id = before.keys.sorted().randomElement(using: &generator)!
      return deleting(third: Int(id.dropFirst())! % 3, of: before)
    }
  }
}
