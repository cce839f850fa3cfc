/// Why nothing can be read at all. Each error's description is one sentence that says what, where, and what to do.
///
/// What is wrong with a single file inside a folder, or with a record, is a ``SkippedRecord`` instead.
package enum ReadingError: Error, Hashable, Sendable {
  /// There is nothing at the path.
  case notFound(path: String)
  /// The operating system refused to open the path.
  case unreadable(path: String, reason: String)
  /// The path is a device, a pipe or a socket.
  case notAFile(path: String)
  /// The format of standard input cannot be told from its first bytes.
  case unknownFormat
  /// A column that the mapping names is not in the file's header.
  case missingColumn(file: String, column: String, present: [String])
  /// The file's header has no column for the text of an article.
  case noTextColumn(file: String, present: [String])
  /// The text of a field mapping cannot be read.
  case invalidMapping(String, reason: String)
}

extension ReadingError: CustomStringConvertible {
  /// The error as a sentence.
  package var description: String {
    switch self {
    case .notFound(let path): "There is no file or folder at \(path); check the path."
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)."
    case .notAFile(let path):
      "\(path) is neither a file nor a folder but a device, pipe or socket; to read from a program, pipe it into standard input (`-`)."
    case .unknownFormat:
      "The format of standard input cannot be told from its first bytes; name it with --format (\(ReadingError.formats))."
    case .missingColumn(let file, let column, let present):
      "\(file) has no column `\(column)`; its columns are \(ReadingError.list(present)). Correct --map."
    case .noTextColumn(let file, let present):
      "\(file) has no column that holds a title or a text; its columns are \(ReadingError.list(present)). Name one with --map body=COLUMN."
    case .invalidMapping(let text, let reason):
      "The field mapping `\(text)` cannot be used: \(reason); write it as title=headline,body=text."
    }
  }

  /// What is wrong, as a skipped file states it behind its name.
  var reason: String {
    switch self {
    case .notFound: "there is no such file"
    case .unreadable(_, let reason): reason
    case .notAFile: "it is a device, pipe or socket"
    case .unknownFormat: "its format cannot be told from its first bytes; name it with --format"
    case .missingColumn(_, let column, let present): "it has no column `\(column)`; its columns are \(ReadingError.list(present))"
    case .noTextColumn(_, let present):
      "it has no column that holds a title or a text; its columns are \(ReadingError.list(present))"
    case .invalidMapping(_, let reason): reason
    }
  }

  private static var formats: String { ArchiveFormat.allCases.map(\.rawValue).joined(separator: ", ") }

  /// Names for a message: the first twenty, in backquotes.
  static func list(_ names: [String]) -> String {
    guard !names.isEmpty else { return "none" }
    let shown = names.prefix(20).map { "`\($0.prefix(60))`" }.joined(separator: ", ")
    return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
  }
}
