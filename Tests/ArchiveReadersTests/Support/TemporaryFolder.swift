import ArchiveReaders
import Foundation
import SearchAPI

/// A folder that is there as long as this object is.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("lede-readers-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var path: String { url.path }

  /// Writes a file, folders above it included, and returns its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}

/// All that a stream gave.
struct Reading {
  var articles: [Article] = []
  var skipped: [SkippedRecord] = []
  var counters: ReadingCounters
  var bytesRead: Int
  var totalBytes: Int?
  var unusedMappings: [String]

  /// Reads a stream to its end.
  init(_ stream: ArchiveStream) {
    while let result = stream.next() {
      switch result {
      case .article(let article): articles.append(article)
      case .skipped(let record): skipped.append(record)
      }
    }
    counters = stream.counters
    bytesRead = stream.bytesRead
    totalBytes = stream.totalBytes
    unusedMappings = stream.unusedMappings
  }

  /// Reads paths to their end.
  init(_ paths: String..., options: ReadingOptions = ReadingOptions()) throws {
    self.init(try ArchiveStream(inputs: paths.map { ArchiveInput($0) }, options: options))
  }

  /// Reads one file of this name and content, put into a folder that is then read.
  init(file name: String, _ bytes: [UInt8], options: ReadingOptions = ReadingOptions()) throws {
    let folder = try TemporaryFolder()
    try folder.write(name, bytes)
    self = try withExtendedLifetime(folder) { try Reading(folder.path, options: options) }
  }

  init(file name: String, _ text: String, options: ReadingOptions = ReadingOptions()) throws {
    try self.init(file: name, Array(text.utf8), options: options)
  }

  /// Reads bytes from standard input.
  init(standardInput bytes: [UInt8], options: ReadingOptions = ReadingOptions()) throws {
    let folder = try TemporaryFolder()
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: try folder.write("input", bytes)))
    defer { try? file.close() }
    self.init(try ArchiveStream(inputs: [.standardInput], options: options, standardInput: file.fileDescriptor))
  }
}
