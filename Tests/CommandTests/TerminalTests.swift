import Foundation
import Testing

@Suite("On a terminal")
struct TerminalTests {
  /// An article that tries to clear the screen, change the window's title and turn the line around.
  private static let hostileLine =
    #"{"id":"evil\u001b[2J","title":"Tariff \u001b]0;owned\u0007 \u202elumber","#
    + #""body":"lumber \u001b[31mred\u0007 \u009b2J \u0000 \u2066x","source":"S\u001bc","url":"http://x/\u001b[5m"}"#

  /// Runs a shell line on a terminal and returns what it showed.
  private func onTerminal(_ line: String, environment: [String: String]) async throws -> String {
    let script = try #require(MachineFacts.script)
    let run = try await LedeProcess.run(
      script, ["-qec", line, "/dev/null"],
      environment: environment.merging(["TERM": "xterm", "SHELL": "/bin/sh"]) { own, _ in own })
    return run.output
  }

  @Test("Matches are bold on a terminal", .enabled(if: MachineFacts.script != nil, "needs script of util-linux"))
  func boldOnTerminal() async throws {
    let archive = try await SmallArchive.indexed()
    let shown = try await onTerminal(
      "'\(LedeProcess.executable.path)' search lumber -n 1 --sort oldest", environment: ["LEDE_INDEX": archive.index])
    #expect(shown.contains("\u{1B}[1mlumber\u{1B}[0m"))
  }

  @Test(
    "NO_COLOR leaves no escape sequence on a terminal", .enabled(if: MachineFacts.script != nil, "needs script of util-linux"))
  func noColor() async throws {
    let archive = try await SmallArchive.indexed()
    let shown = try await onTerminal(
      "'\(LedeProcess.executable.path)' search lumber", environment: ["LEDE_INDEX": archive.index, "NO_COLOR": "1"])
    #expect(shown.contains("lumber"))
    #expect(!shown.contains("\u{1B}"))
  }

  @Test("No escape sequence where the output is no terminal")
  func noStyleInPipes() async throws {
    let archive = try await SmallArchive.indexed()
    for arguments in [["search", "lumber"], ["show", "a1"], ["stats"], ["search", "lumber", "--explain-query"]] {
      let run = try await LedeProcess.run(LedeProcess.executable.path, arguments, environment: ["LEDE_INDEX": archive.index])
      #expect(run.status == 0)
      #expect(!run.output.contains("\u{1B}"))
    }
  }

  @Test(
    "Control characters of articles never reach the output",
    arguments: ["search lumber", "search lumber --json", "show", "show --json", "index --dry-run"])
  func controlCharacters(command: String) async throws {
    let archive = try await SmallArchive.indexed(jsonLines: TerminalTests.hostileLine + "\n")
    var arguments = command.split(separator: " ").map(String.init)
    if arguments[0] == "show" { arguments.append("evil\u{1B}[2J") }
    if arguments[0] == "index" { arguments.append(archive.folder.path("articles")) }
    let run = try await LedeProcess.run(LedeProcess.executable.path, arguments, environment: ["LEDE_INDEX": archive.index])
    #expect(run.status == 0)
    for scalar in (run.output + run.errors).unicodeScalars where scalar != "\n" {
      #expect(!isControl(scalar), "U+\(String(scalar.value, radix: 16)) came out")
    }
    if command.hasSuffix("--json") {
      let object = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
      #expect(object["id"] as? String == "evil\u{1B}[2J")
    }
  }

  @Test("Control characters in ids and file names never reach a terminal through messages")
  func controlCharactersInMessages() async throws {
    let archive = try await SmallArchive.indexed()
    let shown = try await archive.lede("show", "x\u{1B}[2Jy")
    #expect(shown.status == 1)
    #expect(!shown.errors.contains("\u{1B}"))
    let indexed = try await archive.index("/nowhere\u{1B}[2J")
    #expect(indexed.status == 3)
    #expect(!indexed.errors.contains("\u{1B}"))
    let usage = try await archive.lede("search", "--\u{1B}[2J")
    #expect(usage.status == 2)
    #expect(!usage.errors.contains("\u{1B}"))
  }

  private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  @Test("A pipe that is closed early ends the command quietly")
  func closedPipe() async throws {
    let lines = (1...500).map {
      #"{"id":"n\#($0)","title":"lumber \#($0)","body":"\#(String(repeating: "lumber news ", count: 20))"}"#
    }
    let archive = try await SmallArchive.indexed(jsonLines: lines.joined(separator: "\n") + "\n")
    let line = "'\(LedeProcess.executable.path)' search lumber -n 500; echo status=$? >&2"
    let run = try await LedeProcess.run("/bin/sh", ["-c", "( \(line) ) | head -n 1"], environment: ["LEDE_INDEX": archive.index])
    #expect(run.output.hasPrefix("500 of 500 articles"))
    #expect(run.errors == "status=0\n")
  }

  @Test(
    "The progress bar is drawn on a terminal and taken away",
    .enabled(if: MachineFacts.script != nil, "needs script of util-linux"))
  func progressOnTerminal() async throws {
    let archive = try SmallArchive()
    let shown = try await onTerminal(
      "'\(LedeProcess.executable.path)' index '\(archive.folder.path("articles"))' --index '\(archive.index)'", environment: [:])
    #expect(shown.contains("Reading 1 article"))
    #expect(shown.contains("\r\u{1B}[K"))
    #expect(shown.contains("Indexed 5 articles"))
  }
}
