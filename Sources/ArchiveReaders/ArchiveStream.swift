#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The articles of files, folders and standard input, one after the other, in constant memory.
///
/// Folders are read in the order of the bytes of the paths below them. What cannot be read inside a folder or a file is
/// delivered as ``ReadResult/skipped(_:)`` in its place and the run goes on; only what the caller named himself and cannot be
/// opened at all is thrown.
///
///     let archive = try ArchiveStream(inputs: [ArchiveInput("articles/")], options: ReadingOptions())
///     while let result = archive.next() { … }
///
/// Not safe to use from two tasks at once.
package final class ArchiveStream: Sequence, IteratorProtocol {
  private let options: ReadingOptions
  private let tally = ReadingTally()
  private let inputs: [ArchiveInput]
  private let standardInput: Int32
  private var nextInput = 0
  private var walk: FolderWalk?
  private var reader: (any ArticleReader)?

  /// A stream over inputs in their order.
  ///
  /// Throws when an input does not exist or may not be read, when a table named directly lacks a column of the mapping, or when
  /// the format of standard input cannot be told. `standardInput` is the descriptor read for `-`; it is not closed.
  package init(
    inputs: [ArchiveInput], options: ReadingOptions = ReadingOptions(), standardInput: Int32 = STDIN_FILENO
  ) throws(ReadingError) {
    self.options = options
    self.standardInput = standardInput
    self.inputs = inputs
    for input in inputs { try check(input) }
    // Standard input is looked at now only when it comes first: later, a wrong format is a skipped record.
    if inputs.first?.path == nil, !inputs.isEmpty {
      nextInput = 1
      reader = try FileOpener(options: options, tally: tally).openStandardInput(standardInput)
    }
  }

  /// What was read so far.
  package var counters: ReadingCounters { tally.counters }

  /// The bytes read so far, compressed as they lie on disk; reaches ``totalBytes`` at the end.
  package var bytesRead: Int { tally.bytesRead }

  /// The bytes of all files to read, compressed as they lie on disk; nil where standard input is among them.
  ///
  /// The first use walks through the folders. It is an estimate if files change meanwhile.
  package private(set) lazy var totalBytes: Int? = measure()

  /// The names given in the mapping that no record had so far; at the end of a run a name here is most likely mistyped.
  package var unusedMappings: [String] {
    options.mapping.given.map(\.name).filter { !tally.seenMappedNames.contains($0) }
  }

  /// The next article, or the next thing that could not be read; nil at the end.
  package func next() -> ReadResult? {
    while true {
      if let result = reader?.next() {
        count(result)
        return result
      }
      reader = nil
      if let step = walk?.next() {
        if let skipped = take(step) {
          tally.counters.skipped += 1
          return .skipped(skipped)
        }
        continue
      }
      walk = nil
      guard nextInput < inputs.count else { return nil }
      nextInput += 1
      if let skipped = start(inputs[nextInput - 1]) {
        tally.counters.skipped += 1
        return .skipped(skipped)
      }
    }
  }

  private func count(_ result: ReadResult) {
    switch result {
    case .article: tally.counters.articles += 1
    case .skipped: tally.counters.skipped += 1
    }
  }

  /// Opens what the walk came upon; gives back what cannot be read.
  private func take(_ step: FolderWalk.Step) -> SkippedRecord? {
    switch step {
    case .file(let file): return open(file)
    case .skipped(let name, let reason): return SkippedRecord(origin: name, reason: reason)
    case .otherFile: tally.counters.otherFiles += 1
    case .link: tally.counters.links += 1
    }
    return nil
  }

  private func start(_ input: ArchiveInput) -> SkippedRecord? {
    guard let path = input.path else {
      do {
        reader = try FileOpener(options: options, tally: tally).openStandardInput(standardInput)
        return nil
      } catch { return SkippedRecord(origin: FileOpener.standardInputName, reason: error.reason) }
    }
    let systemPath = SystemPath(path)
    do {
      let status = try systemPath.status(followsLinks: true).get()
      guard status.kind == .folder else { return open(ArchiveStream.namedFile(path, status)) }
      walk = try FolderWalk(systemPath, format: options.format)
      return nil
    } catch { return SkippedRecord(origin: path, reason: error.reason) }
  }

  private func open(_ file: FoundFile) -> SkippedRecord? {
    do {
      reader = try FileOpener(options: options, tally: tally).open(file)
      tally.counters.files += 1
      return nil
    } catch { return SkippedRecord(origin: file.name, reason: error.reason) }
  }

  /// Checks that what the caller named can be opened, and that a table has the columns asked for.
  private func check(_ input: ArchiveInput) throws(ReadingError) {
    guard let path = input.path else { return }
    let systemPath = SystemPath(path)
    do {
      let status = try systemPath.status(followsLinks: true).get()
      switch status.kind {
      case .folder: _ = try FolderWalk(systemPath, format: options.format)
      case .file:
        close(try systemPath.open(followsLinks: true).get().descriptor)
        try checkColumns(ArchiveStream.namedFile(path, status))
      case .link, .other: throw ReadingError.notAFile(path: path)
      }
    } catch let error as ErrorNumber {
      throw error.value == ENOENT || error.value == ENOTDIR
        ? .notFound(path: path) : .unreadable(path: path, reason: error.reason)
    } catch let error as ReadingError {
      throw error
    } catch { preconditionFailure("only these two errors are thrown above") }
  }

  private func checkColumns(_ file: FoundFile) throws(ReadingError) {
    guard let format = options.format ?? ArchiveFormat(fileName: file.name), format == .csv || format == .tsv else { return }
    // With counters of its own: the file is opened again when its turn comes.
    do {
      _ = try FileOpener(options: options, tally: ReadingTally()).open(file)
    } catch {
      if let error = error.error { throw error }
    }
  }

  private static func namedFile(_ path: String, _ status: SystemPath.Status) -> FoundFile {
    var name = path[...]
    while name.hasPrefix("./") { name = name.dropFirst(2).drop { $0 == "/" } }
    return FoundFile(name: String(name), path: SystemPath(path), byteCount: status.byteCount, isNamed: true)
  }

  private func measure() -> Int? {
    var total = 0
    for input in inputs {
      guard let path = input.path else { return nil }
      guard case .success(let status) = SystemPath(path).status(followsLinks: true) else { continue }
      guard status.kind == .folder else {
        total += status.byteCount
        continue
      }
      guard var walk = try? FolderWalk(SystemPath(path), format: options.format) else { continue }
      while let step = walk.next() {
        if case .file(let file) = step { total += file.byteCount ?? 0 }
      }
    }
    return total
  }
}
