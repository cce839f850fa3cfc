/// Something to read articles from: a file, a folder, or standard input.
///
///     ArchiveInput("articles/")     ArchiveInput("dump.jsonl.gz")     ArchiveInput("-")     // standard input
package struct ArchiveInput: Hashable, Sendable {
  /// The path as it was typed, or nil for standard input.
  package let path: String?

  /// An input named as on a command line: `-` is standard input, anything else a path.
  package init(_ argument: String) { path = argument == "-" ? nil : argument }

  /// Standard input.
  package static let standardInput = ArchiveInput("-")
}
