import ArgumentParser
import ArchiveReaders
import Foundation
import SearchAPI

/// An error as a person sees it: an exit status and a sentence. The one place where errors become exit codes.
struct Failure: Error {
  /// The exit status.
  let status: ExitStatus
  /// What to say; nil where nothing is left to say.
  let message: String?

  /// A failure with its own sentence.
  init(_ status: ExitStatus, _ message: String? = nil) {
    self.status = status
    self.message = message
  }

  /// The failure that an error amounts to.
  init(reporting error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let status as ExitStatus: self.init(status)
    case is OutputClosed: self.init(.success)
    case is CancellationError:
      self.init(.interrupted, "Interrupted. Nothing of this run was kept; the index is as it was before.")
    case let error as SearchError: self.init(Failure.status(of: error), error.description)
    case let error as ReadingError: self.init(Failure.status(of: error), error.description)
    default: self.init(parsing: error)
    }
  }

  /// Prints the message where it belongs and ends the process.
  func leave() -> Never {
    if let message {
      Messages.write(message)
    }
    exit(status.rawValue)
  }

  /// The exit status of each error a backend throws.
  static func status(of error: SearchError) -> ExitStatus {
    switch error {
    case .noIndex, .io: .inputOutput
    case .corrupt: .damaged
    case .newerVersion, .olderVersion: .otherVersion
    case .locked: .locked
    case .diskFull: .diskFull
    case .unsupported, .invalidRequest: .usage
    }
  }

  /// The exit status of each error that keeps an archive from being read at all.
  static func status(of error: ReadingError) -> ExitStatus {
    switch error {
    case .notFound, .unreadable, .notAFile: .inputOutput
    case .unknownFormat, .missingColumn, .noTextColumn, .invalidMapping: .usage
    }
  }

  /// What to add where `-word` of a query was taken for an option.
  private static func hint(after text: String, arguments: [String]) -> String {
    guard arguments.dropFirst().first == "search", text.contains("Unknown option '-") else { return "" }
    return """

      To leave articles with a word out, quote the whole query or put it after --:
        lede search 'lumber -tariff'
        lede search -- lumber -tariff
      """
  }

  /// What the argument parser throws: its help and version pages are successes and go to standard output, its other errors are
  /// about usage.
  private init(parsing error: any Error) {
    let code = Lede.exitCode(for: error)
    let text = Lede.fullMessage(for: error)
    if code.isSuccess {
      let output = ResultOutput()
      try? output.write(text + "\n")
      try? output.finish()
      self.init(.success)
    } else if code == .validationFailure {
      self.init(.usage, text + Failure.hint(after: text, arguments: CommandLine.arguments))
    } else {
      self.init(.inputOutput, text)
    }
  }
}
