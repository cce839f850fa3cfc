/// Walks through a folder and all below it, in the order of the bytes of the names, and gives the files to read.
///
/// Holds the names of the folders on the way down, never of the whole tree. Hidden files are passed over; links, devices and
/// pipes are counted and left alone.
struct FolderWalk {
  /// The deepest nesting of folders followed.
  static let maximumDepth = 256

  /// What the walk came upon.
  enum Step {
    case file(FoundFile)
    case skipped(name: String, reason: String)
    /// A file of a kind that is not read.
    case otherFile
    /// A link, device, pipe or socket.
    case link
  }

  private struct Level {
    var path: SystemPath
    var prefix: [UInt8]
    /// Last name first.
    var names: [[UInt8]]
  }

  private let format: ArchiveFormat?
  private var levels: [Level]

  /// A walk through the folder at `path`; an error number when its names cannot be read. `format` narrows the walk to files of
  /// that format by name.
  init(_ path: SystemPath, format: ArchiveFormat?) throws(ErrorNumber) {
    self.format = format
    levels = [Level(path: path, prefix: [], names: try path.visibleNames().get().reversed())]
  }

  /// The next thing found, or nil at the end.
  mutating func next() -> Step? {
    while let level = levels.last {
      guard let name = level.names.last else {
        levels.removeLast()
        continue
      }
      levels[levels.count - 1].names.removeLast()
      if let step = visit(name, of: level) { return step }
    }
    return nil
  }

  /// Nil for a folder entered.
  private mutating func visit(_ name: [UInt8], of level: Level) -> Step? {
    let path = level.path.appending(name)
    let relative = level.prefix + name
    let shown = String(decoding: relative, as: UTF8.self)
    switch path.status(followsLinks: false) {
    case .failure(let number): return .skipped(name: shown, reason: number.reason)
    case .success(let status):
      switch status.kind {
      case .link, .other: return .link
      case .file:
        guard let found = ArchiveFormat(fileName: String(decoding: name, as: UTF8.self)), format == nil || format == found else {
          return .otherFile
        }
        return .file(FoundFile(name: shown, path: path, byteCount: status.byteCount, isNamed: false))
      case .folder:
        guard levels.count < FolderWalk.maximumDepth else {
          return .skipped(name: shown, reason: "folders are nested deeper than \(FolderWalk.maximumDepth)")
        }
        switch path.visibleNames() {
        case .failure(let number): return .skipped(name: shown, reason: "the folder cannot be read: \(number.reason)")
        case .success(let names):
          levels.append(Level(path: path, prefix: relative + [UInt8(ascii: "/")], names: names.reversed()))
          return nil
        }
      }
    }
  }
}
