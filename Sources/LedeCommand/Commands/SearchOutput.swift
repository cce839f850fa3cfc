import ArgumentParser
import Foundation
import QueryLanguage
import SearchAPI

/// The shapes in which `lede search` prints what it found.
struct SearchOutput: ParsableArguments {
  @Flag(name: [.customShort("c"), .long], help: "Print the number of matching articles only.")
  var count = false

  @Flag(name: [.customShort("l"), .customLong("ids")], help: "Print ids only, one a line.")
  var idsOnly = false

  @Flag(help: "Print one JSON object a line.")
  var json = false

  @Flag(name: .customLong("explain-query"), help: "Show how the query was understood, and what each part of it matches.")
  var explainsQuery = false

  @Option(name: .customLong("passage"), help: ArgumentHelp("The characters of a passage at most; 0 for none.", valueName: "n"))
  var passageCharacters = 240

  /// The passage length of a request.
  var passageLength: Int? { passageCharacters == 0 ? nil : passageCharacters }

  func validate() throws {
    guard passageCharacters >= 0 else {
      throw ValidationError("--passage takes a number of 0 or more, not \(passageCharacters).")
    }
    guard [count, idsOnly, explainsQuery].count(where: { $0 }) <= 1 else {
      throw ValidationError("Only one of -c, -l and --explain-query can be asked for at once.")
    }
    guard !(idsOnly && json) else {
      throw ValidationError("-l prints bare ids; leave it out with --json, whose objects hold the id.")
    }
  }

  /// An id as a line: exactly as it is for another program, and made safe for a terminal.
  func printed(id: String) -> String { Terminal.isTerminal(STDOUT_FILENO) ? PrintableText.line(of: id) : id }
}

/// The parameters of the score, for those who want to try others.
struct ScoringOptions: ParsableArguments {
  @Option(
    name: .customLong("k1"),
    help: ArgumentHelp("BM25 k1: how soon further occurrences stop counting.", valueName: "number"))
  var k1 = BM25Parameters().k1

  @Option(
    name: .customLong("b"), help: ArgumentHelp("BM25 b: how much long articles are marked down, 0 to 1.", valueName: "number"))
  var b = BM25Parameters().b

  @Option(
    name: .customLong("title-weight"),
    help: ArgumentHelp("What an occurrence in the title counts, where one in the body counts 1.", valueName: "number"))
  var titleWeight = 1.0

  /// The parameters for a request.
  var parameters: BM25Parameters {
    BM25Parameters(k1: k1, b: b, fieldWeights: titleWeight == 1 ? [:] : [.title: titleWeight])
  }

  func validate() throws {
    guard k1.isFinite, k1 >= 0 else { throw ValidationError("--k1 takes a number of 0 or more, not \(k1).") }
    guard (0...1).contains(b) else { throw ValidationError("--b takes a number from 0 to 1, not \(b).") }
    guard titleWeight.isFinite, titleWeight >= 0 else {
      throw ValidationError("--title-weight takes a number of 0 or more, not \(titleWeight).")
    }
  }
}
