/// A call to a ``Directory`` or to one of its files.
package enum DirectoryOperation: Hashable, Sendable {
  /// ``Directory/create(_:)``
  case create(String)
  /// ``WritableFile/append(_:)``
  case append(String, byteCount: Int)
  /// ``WritableFile/sync()``
  case syncFile(String)
  /// ``WritableFile/close()``
  case close(String)
  /// ``Directory/open(_:)``
  case open(String)
  /// ``Directory/rename(_:to:)``
  case rename(String, to: String)
  /// ``Directory/remove(_:)``
  case remove(String)
  /// ``Directory/list()``
  case list
  /// ``Directory/sync()``
  case sync
  /// ``Directory/lock(_:)``
  case lock(String)
}
