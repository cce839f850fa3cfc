import ArgumentParser
import SearchAPI

/// `lede verify`: reads every byte of the index and names what is damaged.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check every byte of the index and name what is damaged.")

  @OptionGroup var location: IndexLocation

  func run() async throws {
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
        .damaged, "Checked \(read): \(Figures.count(report.problems.count, "problem")). Build the index again from the articles.")
    }
  }
}
