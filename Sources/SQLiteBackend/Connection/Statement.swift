import GRDB
import GRDBSQLite

/// A prepared SQL statement, stepped row by row.
///
/// GRDB's own statements turn every row into values of Swift types and end a string at its first NUL; a search steps over tens
/// of thousands of rows, and ids and texts may hold any character. A statement must be used inside the database access that
/// made it, or while its connection is held otherwise.
@safe final class Statement {
  private let handle: OpaquePointer
  private let connection: OpaquePointer
  /// The owner of the handle, where that is kept for the next use.
  private let keeper: GRDB.Statement?

  /// Prepares one statement.
  init(_ sql: String, on database: Database) throws {
    guard let connection = unsafe database.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the connection is closed")
    }
    var handle: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(connection, sql, -1, &handle, nil)
    guard code == SQLITE_OK, let handle = unsafe handle else { throw unsafe Statement.error(code, on: connection) }
    unsafe self.handle = unsafe handle
    unsafe self.connection = unsafe connection
    keeper = nil
  }

  /// Takes a statement that the connection keeps prepared, which saves a search a third of its fixed cost.
  ///
  /// Two of the same SQL must not be in use on a connection at once: they are one.
  init(kept sql: String, on database: Database) throws {
    guard let connection = unsafe database.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the connection is closed")
    }
    let keeper = try database.cachedStatement(sql: sql)
    unsafe handle = unsafe keeper.sqliteStatement
    unsafe self.connection = unsafe connection
    self.keeper = keeper
  }

  deinit {
    guard keeper != nil else {
      unsafe sqlite3_finalize(handle)
      return
    }
    unsafe sqlite3_reset(handle)
    unsafe sqlite3_clear_bindings(handle)
  }

  // MARK: - Parameters, counted from 1

  func bind(_ value: Int64?, at index: Int32) throws {
    guard let value else { return try check(unsafe sqlite3_bind_null(handle, index)) }
    try check(unsafe sqlite3_bind_int64(handle, index, value))
  }

  func bind(_ value: String?, at index: Int32) throws {
    guard var value else { return try check(unsafe sqlite3_bind_null(handle, index)) }
    let code = value.withUTF8 { bytes in
      // A nil pointer would bind NULL. SQLite copies the bytes before the call returns.
      unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
        guard let base = characters.baseAddress else { return unsafe sqlite3_bind_text(handle, index, "", 0, nil) }
        return unsafe sqlite3_bind_text64(handle, index, base, UInt64(bytes.count), Self.transient, UInt8(SQLITE_UTF8))
      }
    }
    try check(code)
  }

  func bind(_ bytes: [UInt8], at index: Int32) throws {
    let code = unsafe bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return unsafe sqlite3_bind_zeroblob(handle, index, 0) }
      return unsafe sqlite3_bind_blob64(handle, index, base, UInt64(buffer.count), Self.transient)
    }
    try check(code)
  }

  /// Binds an object that an SQL function gets at by ``Statement/object(_:as:)``; the statement keeps it alive.
  func bind(_ object: AnyObject, at index: Int32) throws {
    let pointer = unsafe Unmanaged.passRetained(object).toOpaque()
    try check(
      unsafe sqlite3_bind_pointer(
        handle, index, pointer, Self.objectTag.utf8Start.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe $0 }
      ) {
        if let pointer = unsafe $0 { unsafe Unmanaged<AnyObject>.fromOpaque(pointer).release() }
      })
  }

  /// The object bound to a parameter that reached an SQL function as this value.
  static func object<Object: AnyObject>(_ value: OpaquePointer?, as type: Object.Type) -> Object? {
    unsafe objectTag.utf8Start.withMemoryRebound(to: CChar.self, capacity: 1) { tag in
      // Only `bind(_:at:)` above hands out pointers under this tag, so that it is an object that the statement retains.
      guard let pointer = unsafe sqlite3_value_pointer(value, tag) else { return nil }
      return unsafe Unmanaged<AnyObject>.fromOpaque(pointer).takeUnretainedValue() as? Object
    }
  }

  private static let objectTag: StaticString = "lede-object"
  private static let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  // MARK: - Rows

  /// Moves to the next row; false where there is none.
  func step() throws -> Bool {
    let code = unsafe sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else { throw unsafe Statement.error(code, on: connection) }
    return false
  }

  /// Runs a statement that gives no rows, or whose rows do not matter, and makes it ready to run again.
  func run() throws {
    while try step() {}
    reset()
  }

  /// Makes the statement ready to run again; its parameters stay bound.
  func reset() { unsafe sqlite3_reset(handle) }

  // MARK: - Columns of the current row, counted from 0

  func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

  func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

  func double(_ column: Int32) -> Double { unsafe sqlite3_column_double(handle, column) }

  func bytes(_ column: Int32) -> [UInt8] {
    // The pointer holds exactly as many bytes as the call after it says, until the next step.
    guard let base = unsafe sqlite3_column_blob(handle, column) else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, column))))
  }

  func text(_ column: Int32) -> String {
    // The pointer holds exactly as many bytes as the call after it says, until the next step.
    guard let base = unsafe sqlite3_column_text(handle, column) else { return "" }
    return unsafe String(
      decoding: UnsafeBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, column))), as: UTF8.self)
  }

  // MARK: - Errors

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw unsafe Statement.error(code, on: connection) }
  }

  private static func error(_ code: Int32, on connection: OpaquePointer) -> DatabaseError {
    let message = unsafe sqlite3_errmsg(connection).map { unsafe String(cString: $0) }
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }
}

extension Database {
  /// Runs SQL that gives no rows.
  func run(_ sql: String) throws { try Statement(sql, on: self).run() }

  /// The first column of the first row as an integer, or nil where there is no row.
  func integer(_ sql: String) throws -> Int64? {
    let statement = try Statement(kept: sql, on: self)
    return try statement.step() ? statement.integer(0) : nil
  }
}
