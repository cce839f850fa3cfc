#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A path as the operating system holds it: bytes, which need not be UTF-8.
struct SystemPath: Hashable {
  /// The bytes, ended by NUL.
  private var bytes: [CChar]

  /// A path as it was typed.
  init(_ text: String) { bytes = text.utf8CString.map { $0 } }

  /// A path from bytes without NUL.
  init(bytes: [UInt8]) { self.bytes = bytes.map { CChar(bitPattern: $0) } + [0] }

  /// The path of an entry of this folder.
  func appending(_ name: [UInt8]) -> SystemPath {
    var path = self
    path.bytes.removeLast()
    if path.bytes.last != CChar(bitPattern: UInt8(ascii: "/")) { path.bytes.append(CChar(bitPattern: UInt8(ascii: "/"))) }
    path.bytes.append(contentsOf: name.map { CChar(bitPattern: $0) })
    path.bytes.append(0)
    return path
  }

  /// What lies at a path.
  struct Status {
    var kind: Kind
    var byteCount: Int
  }

  /// The kind of thing at a path.
  enum Kind {
    case file
    case folder
    case link
    case other
  }

  /// What lies at the path; with `followsLinks`, at the end of the links. An error number where the system refuses.
  func status(followsLinks: Bool) -> Result<Status, ErrorNumber> {
    var information = stat()
    let outcome = unsafe bytes.withUnsafeBufferPointer { path in
      // Bound: the path ends in NUL.
      unsafe followsLinks ? stat(path.baseAddress!, &information) : lstat(path.baseAddress!, &information)
    }
    guard outcome == 0 else { return .failure(ErrorNumber(errno)) }
    return .success(SystemPath.status(information))
  }

  /// Opens the file for reading; the last component is not followed when it is a link, unless asked for. Never waits for a
  /// pipe's other end.
  func open(followsLinks: Bool) -> Result<(descriptor: Int32, status: Status), ErrorNumber> {
    let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | (followsLinks ? 0 : O_NOFOLLOW)
    let descriptor = unsafe bytes.withUnsafeBufferPointer { path in unsafe systemOpen(path.baseAddress!, flags) }
    guard descriptor >= 0 else { return .failure(ErrorNumber(errno)) }
    var information = stat()
    guard unsafe fstat(descriptor, &information) == 0 else {
      let number = ErrorNumber(errno)
      close(descriptor)
      return .failure(number)
    }
    return .success((descriptor, SystemPath.status(information)))
  }

  /// The names in the folder, sorted by their bytes, without `.`, `..` and hidden ones.
  func visibleNames() -> Result<[[UInt8]], ErrorNumber> {
    let opened = unsafe bytes.withUnsafeBufferPointer { path in unsafe opendir(path.baseAddress!) }
    guard let folder = unsafe opened else { return .failure(ErrorNumber(errno)) }
    defer { unsafe closedir(folder) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        // Bound: the system ends the name by NUL within the field.
        unsafe UnsafeRawPointer(field).withMemoryRebound(to: UInt8.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
          name in
          unsafe Array(
            UnsafeBufferPointer(start: name, count: strlen(UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))))
        }
      }
      if name.first != UInt8(ascii: ".") { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { return .failure(ErrorNumber(errno)) }
    return .success(names.sorted { $0.lexicographicallyPrecedes($1) })
  }

  /// The system's words for an error number.
  static func reason(_ number: Int32) -> String {
    switch number {
    case EACCES, EPERM: "permission denied"
    case EMFILE, ENFILE: "too many files are open"
    default: unsafe String(cString: strerror(number)).lowercased()
    }
  }

  private static func status(_ information: stat) -> Status {
    let kind: Kind =
      switch information.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
    return Status(kind: kind, byteCount: Int(information.st_size))
  }
}

/// An error number of the operating system.
struct ErrorNumber: Error, Hashable {
  let value: Int32

  init(_ value: Int32) { self.value = value }

  /// The system's words for it.
  var reason: String { SystemPath.reason(value) }
}

private func systemOpen(_ path: UnsafePointer<CChar>, _ flags: Int32) -> Int32 { unsafe open(path, flags) }
