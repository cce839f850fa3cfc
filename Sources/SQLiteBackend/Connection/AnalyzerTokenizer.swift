import GRDB
import GRDBSQLite
import TextAnalysis

/// The analyzer as an FTS5 tokenizer, called `lede`: FTS5 indexes the words that every other backend indexes.
///
/// Words of a query are analyzed before they reach FTS5. It takes the text of a query as one word, unchanged.
@safe final class AnalyzerTokenizer {
  static let name = "lede"

  private let analyzer = Analyzer()
  private let counter: WordCounter
  private var batch = TokenBatch()

  private init(_ counter: WordCounter) { self.counter = counter }

  /// Makes the tokenizer known to a connection. The counter counts the words of the documents it sees.
  static func register(on database: Database, _ counter: WordCounter) throws {
    let api = try unsafe FTS5Interface.api(of: database)
    var methods = unsafe fts5_tokenizer(
      xCreate: { context, _, _, result in
        guard let context = unsafe context, let result = unsafe result else { return SQLITE_MISUSE }
        let counter = unsafe Unmanaged<WordCounter>.fromOpaque(context).takeUnretainedValue()
        unsafe result.pointee = OpaquePointer(Unmanaged.passRetained(AnalyzerTokenizer(counter)).toOpaque())
        return SQLITE_OK
      },
      xDelete: { tokenizer in
        if let tokenizer = unsafe tokenizer {
          unsafe Unmanaged<AnalyzerTokenizer>.fromOpaque(UnsafeRawPointer(tokenizer)).release()
        }
      },
      xTokenize: { tokenizer, context, flags, text, count, emit in
        guard let tokenizer = unsafe tokenizer, let emit = unsafe emit else { return SQLITE_MISUSE }
        let object = unsafe Unmanaged<AnalyzerTokenizer>.fromOpaque(UnsafeRawPointer(tokenizer)).takeUnretainedValue()
        guard let text = unsafe text, count > 0 else { return SQLITE_OK }
        if flags & FTS5_TOKENIZE_QUERY != 0 { return unsafe emit(context, 0, text, count, 0, count) }
        // FTS5 says that the text has `count` bytes.
        return unsafe text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { bytes in
          unsafe object.tokenize(Span(_unsafeStart: bytes, count: Int(count)), isDocument: flags & FTS5_TOKENIZE_DOCUMENT != 0) {
            unsafe emit(context, 0, $0, $1, $2, $3)
          }
        }
      })
    let code = unsafe api.pointee.xCreateTokenizer(
      UnsafeMutablePointer(mutating: api), name, Unmanaged.passRetained(counter).toOpaque(), &methods
    ) { context in
      if let context = unsafe context { unsafe Unmanaged<WordCounter>.fromOpaque(context).release() }
    }
    guard code == SQLITE_OK else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: "cannot register the tokenizer")
    }
  }

  /// Hands the words of a text to FTS5, one by one.
  private func tokenize(
    _ text: Span<UInt8>, isDocument: Bool, _ emit: (UnsafePointer<CChar>, Int32, Int32, Int32) -> Int32
  ) -> Int32 {
    if isDocument, counter.takesWordsAsTheyAre { return unsafe passOn(text, emit) }
    batch.removeAll()
    analyzer.analyze(text, into: &batch)
    if isDocument { counter.wordCounts.append(batch.count) }
    return unsafe batch.termBytes.withUnsafeBytes { bytes in
      for index in 0..<batch.count {
        // The batch says that a word's bytes lie inside `termBytes`; the subscript checks it.
        let start = Int(batch.termOffsets[index])
        let word = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(batch.termLengths[index])])
        guard let base = unsafe word.baseAddress?.assumingMemoryBound(to: CChar.self) else { continue }
        let code = unsafe emit(base, Int32(word.count), Int32(batch.starts[index]), Int32(batch.ends[index]))
        guard code == SQLITE_OK else { return code }
      }
      return SQLITE_OK
    }
  }

  /// Hands words to FTS5 as they are; each has a NUL behind it.
  private func passOn(_ words: Span<UInt8>, _ emit: (UnsafePointer<CChar>, Int32, Int32, Int32) -> Int32) -> Int32 {
    unsafe words.withUnsafeBytes { bytes in
      var count = 0
      var start = 0
      // A word lies inside the bytes: it ends before a NUL that was found in them.
      while let end = unsafe bytes[start...].firstIndex(of: 0) {
        let word = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        guard let base = unsafe word.baseAddress?.assumingMemoryBound(to: CChar.self) else { return SQLITE_MISUSE }
        let code = unsafe emit(base, Int32(word.count), Int32(start), Int32(end))
        guard code == SQLITE_OK else { return code }
        count += 1
        start = end + 1
      }
      counter.wordCounts.append(count)
      return SQLITE_OK
    }
  }
}

/// What a connection's writer and its tokenizer tell each other about the texts of documents.
final class WordCounter {
  /// The numbers of words found, in the order in which the texts came; empty texts left out.
  var wordCounts: [Int] = []
  /// Whether texts are words, each with a NUL behind it, that must not be analyzed again.
  var takesWordsAsTheyAre = false
}

/// The door to FTS5's own interface for extensions.
enum FTS5Interface {
  /// FTS5's table of functions on a connection. Source: "Extending FTS5", sqlite.org/fts5.html.
  static func api(of database: Database) throws -> UnsafePointer<fts5_api> {
    var statement: OpaquePointer?
    var api: UnsafePointer<fts5_api>?
    let tag: StaticString = "fts5_api_ptr"
    var code = unsafe sqlite3_prepare_v2(database.sqliteConnection, "SELECT fts5(?1)", -1, &statement, nil)
    defer { unsafe sqlite3_finalize(statement) }
    if code == SQLITE_OK {
      code = unsafe withUnsafeMutablePointer(to: &api) { place in
        // FTS5 writes to the place during the step below, while it is still valid.
        let bound = unsafe tag.utf8Start.withMemoryRebound(to: CChar.self, capacity: 1) { tag in
          unsafe sqlite3_bind_pointer(statement, 1, place, tag, nil)
        }
        return bound == SQLITE_OK ? unsafe sqlite3_step(statement) : bound
      }
    }
    guard let api = unsafe api else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: "this SQLite has no FTS5")
    }
    return unsafe api
  }
}
