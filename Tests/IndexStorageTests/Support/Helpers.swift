import Testing

@testable import IndexStorage

extension Directory {
  /// Creates a file with these bytes.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = try create(name)
    try file.append(bytes.span)
    try file.sync()
    try file.close()
  }

  /// The bytes of a file.
  func read(_ name: String) throws -> [UInt8] {
    let file = try open(name)
    return [UInt8](copying: file.bytes)
  }
}

/// The error of an operation that must fail.
func failure(_ body: () throws -> Void, at location: SourceLocation = #_sourceLocation) -> StorageError? {
  #expect(throws: StorageError.self, sourceLocation: location) { try body() }
}

extension StorageError {
  var isCorrupt: Bool { if case .corrupt = self { true } else { false } }
}
