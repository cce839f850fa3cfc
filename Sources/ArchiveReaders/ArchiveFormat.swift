/// How the articles of a file are written down.
package enum ArchiveFormat: String, CaseIterable, Hashable, Sendable {
  /// One article a file, its title on the first line.
  case txt
  /// One JSON object a line.
  case jsonl
  /// One array of JSON objects, or JSON objects one after the other.
  case json
  /// Comma-separated values under a header, RFC 4180.
  case csv
  /// Tab-separated values under a header.
  case tsv
  /// The SGML of the Reuters-21578 collection.
  case sgml

  /// The format that a file name promises, compression suffixes aside; nil for every other name.
  ///
  ///     "a.jsonl.gz" → jsonl     "a.sgm" → sgml     "a.tar.gz" → nil
  package init?(fileName: String) {
    var parts = fileName.split(separator: ".", omittingEmptySubsequences: false).map { $0.lowercased() }
    if let last = parts.last, last == "gz" || last == "zst" { parts.removeLast() }
    guard parts.count > 1, let suffix = parts.last else { return nil }
    switch suffix {
    case "txt", "text", "md", "markdown": self = .txt
    case "jsonl", "ndjson": self = .jsonl
    case "json": self = .json
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "sgm", "sgml": self = .sgml
    default: return nil
    }
  }

  /// The format that the first bytes of a file show, or nil where they could be anything.
  init?(firstBytes bytes: Span<UInt8>) {
    var start = 0
    while start < bytes.count, isWhitespace(bytes[start]) { start += 1 }
    guard start < bytes.count else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "{"): self = .jsonl
    case UInt8(ascii: "["): self = .json
    case UInt8(ascii: "<"):
      let rest = bytes.extracting(start..<bytes.count)
      guard rest.hasPrefix("<!DOCTYPE lewis") || rest.hasPrefix("<REUTERS") else { return nil }
      self = .sgml
    default: return nil
    }
  }
}
