/// A file to read, found under an input.
struct FoundFile {
  /// The file's name in ids and messages: its path below the folder named, or the path as typed. Bytes that are not UTF-8 are
  /// repaired.
  var name: String
  /// Where it lies; nil for standard input.
  var path: SystemPath?
  /// Its size when it was found.
  var byteCount: Int?
  /// Whether the user named it, rather than a folder above it.
  var isNamed: Bool
}
