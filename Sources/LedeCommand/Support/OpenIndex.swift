import NativeBackend
import SQLiteBackend
import SearchAPI

/// Opening and making the index of a backend: the one place that knows how each engine is called into life.
enum OpenIndex {
  /// What to write with, and how a new index is made.
  struct WritingOptions: Sendable {
    /// The engine asked for; nil for the one the index has, and the native one for a new index.
    var kind: BackendKind?
    /// The memory to use while indexing.
    var memory: MemorySize?
    /// The threads that build; nil for as many as there are processors.
    var threads: Int?
    /// Whether a new index keeps the text of articles.
    var storesText = true
    /// Whether a new native index has pairs of frequent words.
    var indexesPairs = true
  }

  /// The index at a path, which must be there.
  static func existing(at path: String) async throws -> any SearchBackend {
    guard let kind = BackendKind(ofIndexAt: path) else { throw SearchError.noIndex(path: path) }
    return switch kind {
    case .native: try NativeBackend(openingAt: path)
    case .sqlite: try await SQLiteBackend(openingAt: path)
    }
  }

  /// The index at a path, for indexing; made where there is none.
  static func writing(at path: String, _ options: WritingOptions) async throws -> any SearchBackend {
    let existing = BackendKind(ofIndexAt: path)
    if let existing, let wanted = options.kind, wanted != existing {
      throw Failure(
        .usage,
        """
        The index at \(path) was made with the \(existing.rawValue) backend, not \(wanted.rawValue); leave --backend out, \
        or index into another folder.
        """)
    }
    switch existing ?? options.kind ?? .native {
    case .native:
      var native = NativeOptions(storesText: options.storesText, indexesPairs: options.indexesPairs)
      if let memory = options.memory { native.memoryByteCount = memory.byteCount }
      if let threads = options.threads { native.threadCount = threads }
      return try existing == nil ? NativeBackend(creatingAt: path, native) : NativeBackend(openingAt: path, native)
    case .sqlite:
      // SQLite keeps its own counsel about memory: its cache is small whatever is asked for.
      guard existing != nil else { return try await SQLiteBackend(creatingAt: path, storesText: options.storesText) }
      do { return try await SQLiteBackend(openingAt: path) } catch SearchError.noIndex {
        // Its file is there and empty: a run that was to make the index was cut short.
        return try await SQLiteBackend(creatingAt: path, storesText: options.storesText)
      }
    }
  }
}
