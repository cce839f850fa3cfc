#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Opens a file and finds out how to read it: whether it is compressed, in which encoding and in which format.
struct FileOpener {
  static let standardInputName = "stdin"

  let options: ReadingOptions
  let tally: ReadingTally

  /// Why a file is not read: a short sentence without a full stop.
  struct Refusal: Error {
    let reason: String
    /// The error it is when the caller named the file himself.
    var error: ReadingError?

    init(_ reason: String) { self.reason = reason }

    init(_ error: ReadingError) {
      reason = error.reason
      self.error = error
    }
  }

  /// A reader of a file on disk.
  func open(_ file: FoundFile) throws(Refusal) -> any ArticleReader {
    let stream = try openStream(file)
    let context = ReaderContext(
      window: try window(over: stream, name: file.name), fileName: file.name, options: options, tally: tally)
    try refuseBinary(context.window)
    guard let format = options.format ?? ArchiveFormat(fileName: file.name) ?? sniffedFormat(context.window) else {
      throw Refusal(unknownKind(file.name))
    }
    do {
      return try reader(format, context)
    } catch { throw Refusal(error) }
  }

  /// A reader of standard input.
  func openStandardInput(_ descriptor: Int32) throws(ReadingError) -> any ArticleReader {
    let name = FileOpener.standardInputName
    let stream = FileByteStream(descriptor: descriptor, byteCount: nil, closesDescriptor: false, tally: tally)
    do {
      let context = ReaderContext(window: try window(over: stream, name: name), fileName: name, options: options, tally: tally)
      try refuseBinary(context.window)
      if context.window.isExhausted, options.format == nil { return EmptyReader() }
      guard let format = options.format ?? sniffedFormat(context.window) else { throw ReadingError.unknownFormat }
      return try reader(format, context)
    } catch let refusal as Refusal {
      throw .unreadable(path: "standard input", reason: refusal.reason)
    } catch let error as ReadingError {
      throw error
    } catch { preconditionFailure("only these two errors are thrown above") }
  }

  private func reader(_ format: ArchiveFormat, _ context: ReaderContext) throws(ReadingError) -> any ArticleReader {
    switch format {
    case .txt: PlainTextReader(context)
    case .jsonl: JSONLinesReader(context)
    case .json: JSONReader(context)
    case .csv: try DelimitedReader(context, delimiter: UInt8(ascii: ","))
    case .tsv: try DelimitedReader(context, delimiter: UInt8(ascii: "\t"))
    case .sgml: ReutersReader(context)
    }
  }

  private func openStream(_ file: FoundFile) throws(Refusal) -> FileByteStream {
    guard let path = file.path else { preconditionFailure("a file on disk has a path") }
    switch path.open(followsLinks: file.isNamed) {
    case .failure(let number): throw Refusal("it cannot be opened: \(number.reason)")
    case .success(let (descriptor, status)):
      guard status.kind == .file else {
        close(descriptor)
        throw Refusal("it is no file")
      }
      return FileByteStream(descriptor: descriptor, byteCount: status.byteCount, tally: tally)
    }
  }

  /// A window over the file's text in UTF-8, whatever it is wrapped in.
  private func window(over file: FileByteStream, name: String) throws(Refusal) -> ByteWindow {
    let stored = PeekedStream(file, count: 4)
    var expanded: (any ByteStream)?
    switch Compression(firstBytes: stored.firstBytes) {
    case .gzip: expanded = GzipByteStream(stored, guardian: ExpansionGuard(options))
    case .zstd: expanded = ZstdByteStream(stored, guardian: ExpansionGuard(options))
    case nil:
      for suffix in [".gz", ".zst"] where name.lowercased().hasSuffix(suffix) && !stored.firstBytes.isEmpty {
        throw Refusal("its name ends in \(suffix), but its bytes are not compressed so")
      }
    }
    let text = expanded.map { PeekedStream($0, count: 4) } ?? stored
    if text.firstBytes.starts(with: [0xFF, 0xFE, 0, 0]) || text.firstBytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      throw Refusal("it is written in UTF-32, which is not read; convert it to UTF-8")
    }
    if text.firstBytes.starts(with: [0xFF, 0xFE]) || text.firstBytes.starts(with: [0xFE, 0xFF]) {
      return ByteWindow(UTF16ByteStream(text, isBigEndian: text.firstBytes[0] == 0xFE, tally: tally))
    }
    guard expanded == nil, let byteCount = file.byteCount else { return ByteWindow(text) }
    // One byte more than the file has, so that the first filling sees its end.
    return ByteWindow(text, capacity: min(ByteWindow.defaultCapacity, byteCount + 1))
  }

  private func sniffedFormat(_ window: ByteWindow) -> ArchiveFormat? {
    let bytes = window.bytes
    return ArchiveFormat(firstBytes: bytes.span.extracting(window.start..<window.end))
  }

  private func refuseBinary(_ window: ByteWindow) throws(Refusal) {
    let bytes = window.bytes
    let beginning = bytes.span.extracting(window.start..<min(window.end, window.start + 8 << 10))
    guard beginning.firstIndex(of: 0) == nil else { throw Refusal("it is a binary file") }
  }

  private func unknownKind(_ name: String) -> String {
    let suffixes = [".tar", ".tar.gz", ".tgz", ".tar.zst", ".zip"]
    return suffixes.contains { name.lowercased().hasSuffix($0) }
      ? "it packs many files in one; unpack it and index the folder"
      : "its format cannot be told from its name or first bytes; name it with --format"
  }
}

/// How a file is compressed, as its first bytes show.
private enum Compression {
  case gzip
  case zstd

  init?(firstBytes bytes: [UInt8]) {
    if bytes.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
      || bytes.count == 4 && bytes[0] & 0xF0 == 0x50 && bytes[1...] == [0x2A, 0x4D, 0x18]
    {
      // The second is a skippable frame, which some tools write first.
      self = .zstd
    } else {
      return nil
    }
  }
}

/// Reads nothing.
private final class EmptyReader: ArticleReader {
  func next() -> ReadResult? { nil }
}
