#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A folder of the file system.
///
/// Everything goes through one descriptor of the folder, so that a renamed folder, or another working directory, changes nothing.
/// A folder is created with mode 0700 and files with 0600; files are never opened through symbolic links, and pipes, devices and
/// folders are refused without waiting for them.
package final class FileSystemDirectory: Directory {
  /// What to do when the folder is not there.
  package enum Creation: Hashable, Sendable {
    /// Throw ``StorageError/missing(file:)``.
    case mustExist
    /// Create it (not the folders above it).
    case createIfMissing
  }

  /// Where the folder is, as it was given.
  package let path: String
  /// Whether files are mapped into memory when opened; otherwise they are read whole.
  package let mapsFiles: Bool
  private let descriptor: Int32

  /// Opens a folder.
  ///
  /// - Parameter mapsFiles: false to read files whole instead of mapping them: slower to open and costs their size in memory,
  ///   but a file
  ///   that is cut short, or whose disk fails, then gives an error instead of killing the process.
  package init(path: String, creation: Creation = .mustExist, mapsFiles: Bool = true) throws(StorageError) {
    self.path = path
    self.mapsFiles = mapsFiles
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw .io(operation: "open folder", path: path, code: EINVAL, reason: "this is not a path")
    }
    if creation == .createIfMissing {
      let made = retryingInterrupts { unsafe mkdir(path, 0o700) }
      if made != 0, errno != EEXIST { throw StorageError(errno: errno, operation: "create folder", path: path) }
      if made == 0 { try FileSystemDirectory.syncParent(of: path) }
    }
    let opened = retryingInterrupts { Self.openFolder(path) }
    if opened < 0 { throw StorageError(errno: errno, operation: "open folder", path: path) }
    descriptor = opened
  }

  deinit { _ = systemClose(descriptor) }

  package func create(_ name: String) throws(StorageError) -> any WritableFile {
    try checkFileName(name)
    let file = retryingInterrupts { unsafe openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
    if file < 0 { throw error("create", name) }
    return FileSystemFile(descriptor: file, path: pathOf(name))
  }

  package func open(_ name: String) throws(StorageError) -> MappedFile {
    try checkFileName(name)
    // Non-blocking, or opening a pipe that somebody put there would wait for ever; it has no effect on regular files.
    let file = retryingInterrupts { unsafe openat(descriptor, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC, 0) }
    if file < 0 { throw errno == ENOENT ? .missing(file: name) : error("open", name) }
    defer { _ = systemClose(file) }

    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw error("open", name) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .corrupt(file: name, offset: nil, reason: "this is not a regular file")
    }
    guard let byteCount = Int(exactly: status.st_size) else { throw error("open", name, EFBIG) }
    if byteCount == 0 { return MappedFile(name: name, copying: []) }
    return mapsFiles ? try map(file, name, byteCount) : try read(file, name, byteCount)
  }

  private func map(_ file: Int32, _ name: String, _ byteCount: Int) throws(StorageError) -> MappedFile {
    let mapping = unsafe mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, file, 0)
    guard let mapping = unsafe mapping, unsafe mapping != UnsafeMutableRawPointer(bitPattern: -1) else {
      throw error("map", name)
    }
    let base = unsafe UnsafePointer(mapping.assumingMemoryBound(to: UInt8.self))
    return unsafe MappedFile(name: name, adopting: base, byteCount: byteCount, isMapped: true)
  }

  private func read(_ file: Int32, _ name: String, _ byteCount: Int) throws(StorageError) -> MappedFile {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 16)
    let outcome = unsafe readAll(into: memory) { rest in unsafe systemRead(file, rest.baseAddress, rest.count) }
    switch outcome {
    case .success(byteCount):
      let base = unsafe UnsafePointer(memory.baseAddress!.assumingMemoryBound(to: UInt8.self))
      return unsafe MappedFile(name: name, adopting: base, byteCount: byteCount, isMapped: false)
    case .success(let count):
      unsafe memory.deallocate()
      throw .corrupt(file: name, offset: count, reason: "the file became shorter while it was read")
    case .failure(let code):
      unsafe memory.deallocate()
      throw error("read", name, code.number)
    }
  }

  package func rename(_ name: String, to target: String) throws(StorageError) {
    try checkFileName(name)
    try checkFileName(target)
    if retryingInterrupts({ unsafe renameat(descriptor, name, descriptor, target) }) != 0 { throw error("rename", name) }
  }

  package func remove(_ name: String) throws(StorageError) {
    try checkFileName(name)
    if retryingInterrupts({ unsafe unlinkat(descriptor, name, 0) }) != 0 {
      throw errno == ENOENT ? .missing(file: name) : error("remove", name)
    }
  }

  package func sync() throws(StorageError) {
    if synchronize(descriptor) != 0 { throw StorageError(errno: errno, operation: "sync folder", path: path) }
  }

  package func lock(_ name: String) throws(StorageError) -> WriterLock {
    try checkFileName(name)
    let file = retryingInterrupts {
      unsafe openat(descriptor, name, O_RDWR | O_CREAT | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC, 0o600)
    }
    if file < 0 { throw error("open", name) }
    // The lock belongs to the open file, not to the process, so a second one of the same process is refused as well. The file
    // stays for ever: if it were unlinked, one writer could hold the old file and another the new one.
    if retryingInterrupts({ flock(file, LOCK_EX | LOCK_NB) }) != 0 {
      let code = errno
      _ = systemClose(file)
      throw code == EWOULDBLOCK ? .locked(path: pathOf(name)) : error("lock", name, code)
    }
    return WriterLock {
      // Closing alone would leave it held by a child process that was forked meanwhile and has not started its program yet.
      _ = retryingInterrupts { flock(file, LOCK_UN) }
      _ = systemClose(file)
    }
  }

  private func pathOf(_ name: String) -> String { "\(path)/\(name)" }

  private func error(_ operation: String, _ name: String, _ code: Int32 = errno) -> StorageError {
    StorageError(errno: code, operation: operation, path: pathOf(name))
  }

  private static func openFolder(_ path: String) -> Int32 {
    #if canImport(Darwin)
      unsafe Darwin.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    #else
      unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    #endif
  }

  /// Makes a new folder's own name survive a power cut.
  private static func syncParent(of path: String) throws(StorageError) {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    let parent = trimmed.lastIndex(of: "/").map { $0 == trimmed.startIndex ? "/" : String(trimmed[..<$0]) } ?? "."
    let folder = retryingInterrupts { openFolder(parent) }
    if folder < 0 { throw StorageError(errno: errno, operation: "open folder", path: parent) }
    defer { _ = systemClose(folder) }
    if synchronize(folder) != 0 { throw StorageError(errno: errno, operation: "sync folder", path: parent) }
  }

  package func list() throws(StorageError) -> [(name: String, byteCount: Int)] {
    // A descriptor of its own, because reading moves its position.
    let folder = retryingInterrupts { unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0) }
    if folder < 0 { throw StorageError(errno: errno, operation: "list", path: path) }
    guard let stream = unsafe fdopendir(folder) else {
      let code = errno
      _ = systemClose(folder)
      throw StorageError(errno: code, operation: "list", path: path)
    }
    defer { unsafe closedir(stream) }

    var files: [(name: String, byteCount: Int)] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      // The name ends with a zero inside the record, which may be shorter than the declared field: it is read in place.
      let field = unsafe UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \dirent.d_name)!
      guard let name = unsafe String(validatingCString: field.assumingMemoryBound(to: CChar.self)), isPlainFileName(name) else {
        continue
      }
      var status = stat()
      if unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) != 0 {
        if errno == ENOENT { continue }
        throw error("list", name)
      }
      if status.st_mode & S_IFMT == S_IFREG { files.append((name, Int(status.st_size))) }
    }
    if errno != 0 { throw StorageError(errno: errno, operation: "list", path: path) }
    return files.sorted { $0.name < $1.name }
  }
}
