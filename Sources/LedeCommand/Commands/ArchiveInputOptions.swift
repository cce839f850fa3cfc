import ArchiveReaders
import ArgumentParser

/// Which articles to read, and how: shared by the commands that read archives.
struct ArchiveInputOptions: ParsableArguments, Sendable {
  @Argument(help: "Files and folders to read; - is standard input.", completion: .file())
  var paths: [String]

  @Option(help: "The format, where name and content do not tell: txt, jsonl, json, csv, tsv or sgml.")
  var format: ArchiveFormat?

  @Option(help: ArgumentHelp("Which field is what, such as title=headline,body=text,date=pub_date.", valueName: "mapping"))
  var map: String?

  /// The stream of the articles.
  func stream() throws -> ArchiveStream {
    var options = ReadingOptions(format: format)
    if let map { options.mapping = try FieldMapping(map) }
    return try ArchiveStream(inputs: paths.map { ArchiveInput($0) }, options: options)
  }
}

extension ArchiveFormat: ExpressibleByArgument {}
