import ArgumentParser
import SearchAPI

/// `lede verify`: reads every byte of the index and names what is damaged.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check every byte of the index and name what is damaged.",
    discussion: """
      With --repair, what is damaged is made anew from the articles that the index stores. Articles whose own records are damaged are named \
      and go; their remains are kept in the folder under names that end with .damaged. An index made with --no-store cannot be repaired.
      """)

  @Flag(help: "Make anew what is damaged, from the stored articles.")
  var repair = false

  @OptionGroup var location: IndexLocation

  func run() async throws {
    if repair { try await IndexRepairing.run(at: location.pathOfExisting()) } else { try await check() }
  }

  private func check() async throws {
    let start = ContinuousClock.now
    let backend = try await OpenIndex.existing(at: location.pathOfExisting())
    let report = try await backend.verify()
    let elapsed = Figures.duration(ContinuousClock.now - start)
    let read = "\(Figures.bytes(report.byteCount)) in \(Figures.count(report.fileCount, "file"))"
    let results = ResultOutput()
    for problem in report.problems { try results.write(PrintableText.line(of: "\(problem.file): \(problem.reason)") + "\n") }
    if report.problems.isEmpty { try results.write("Checked \(read) in \(elapsed): all sound.\n") }
    try results.finish()
    guard report.problems.isEmpty else {
      throw Failure(
        .damaged,
        """
        Checked \(read): \(Figures.count(report.problems.count, "problem")). Try `lede verify --repair`, or build the index again from the \
        articles.
        """)
    }
  }
}
