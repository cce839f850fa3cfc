import Foundation

/// Standard error: everything a person reads that is not a result.
enum Messages {
  /// Prints a line. Control characters that came in with file names or article ids are made visible.
  static func write(_ message: String) {
    raw(PrintableText.lines(of: message).joined(separator: "\n") + "\n")
  }

  /// Prints text as it is, without a line break; for the progress bar, whose text is the command's own.
  static func raw(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
