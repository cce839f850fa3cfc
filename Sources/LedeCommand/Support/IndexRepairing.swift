import SearchAPI

/// `lede verify --repair`: repairs an index, says what came of it, and checks it again.
enum IndexRepairing {
  static func run(at path: String) async throws {
    let report: RepairReport
    let backend: any SearchBackend
    do {
      backend = try await OpenIndex.existing(at: path)
      report = try await Signals.cancellingOnInterrupt { try await backend.repair() }
    } catch let SearchError.corrupt(file, _, reason) {
      // What is live and what is deleted stands in this one file, and the files beside it may be of any age.
      throw Failure(
        .damaged,
        """
        \(file) is damaged: \(reason). It says which of the other files count and what is deleted, so that nothing can be repaired for \
        certain. Nothing was changed. Index the archive again, into a new folder.
        """)
    }
    let results = ResultOutput()
    for line in lines(of: report) { try results.write(PrintableText.line(of: line) + "\n") }
    if let obstacle = report.obstacle {
      try results.finish()
      throw Failure(.damaged, "Not repaired: \(obstacle)")
    }
    let verification = try await backend.verify()
    for problem in verification.problems {
      try results.write(PrintableText.line(of: "\(problem.file): \(problem.reason)") + "\n")
    }
    let read = "\(Figures.bytes(verification.byteCount)) in \(Figures.count(verification.fileCount, "file"))"
    if verification.problems.isEmpty { try results.write("Checked \(read): all sound.\n") }
    try results.finish()
    guard verification.problems.isEmpty else {
      throw Failure(.damaged, "The index is damaged still. Index the archive again, into a new folder.")
    }
    for remark in report.remarks { Messages.write(remark) }
    if !report.lostArticles.isEmpty {
      Messages.write("Index the archive again to get the lost articles back; what is left of them is in files kept aside.")
    }
    if !report.lostArticles.isEmpty || !report.remarks.isEmpty { throw ExitStatus.inputOutput }
  }

  /// What was wrong, and what was done about it.
  private static func lines(of report: RepairReport) -> [String] {
    var lines = report.problems.map { "damaged: \($0.file): \($0.reason)" }
    lines += report.rebuiltParts.map { "rebuilt: \($0)" }
    lines += report.lostArticles.map { loss in
      "lost: \(loss.article): " + (loss.file.isEmpty ? loss.reason : "\(loss.file): \(loss.reason)")
    }
    lines += report.keptAside.map { "kept aside: \($0)" }
    if !report.problems.isEmpty, report.obstacle == nil {
      lines.append(
        "Repaired: \(Figures.count(report.recoveredArticleCount, "article")) recovered, \(Figures.count(report.lostArticles.count)) lost."
      )
    }
    return lines
  }
}
