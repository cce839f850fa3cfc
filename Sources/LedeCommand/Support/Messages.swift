import Foundation

/// Standard error: everything a person reads that is not a result.
enum Messages {
  /// Prints a line, broken at spaces where it is wider than the terminal. Control characters that came in with file names or
  /// article ids are made visible.
  static func write(_ message: String) {
    var lines = PrintableText.lines(of: message)
    if Terminal.isTerminal(STDERR_FILENO) {
      let width = Terminal(descriptor: STDERR_FILENO).width
      lines = lines.flatMap { line in LineBreaker.lines(of: StyledText(line), width: width).map(\.text) }
    }
    raw(lines.joined(separator: "\n") + "\n")
  }

  /// Prints text as it is, without a line break; for the progress bar, whose text is the command's own.
  static func raw(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
