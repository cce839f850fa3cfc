/// What a disk holds for certain, and what it may or may not hold when the power is cut now.
///
/// The model is weaker than any file system, so that code which survives here survives there: of the pending changes any subset
/// may have reached the disk, in any order; only a single rename is all or nothing.
struct Disk: Sendable {
  /// A stretch of bytes in a file.
  struct Write: Sendable {
    var file: Int
    var offset: Int
    var bytes: [UInt8]
    /// A sync failed while it was pending: no later sync writes it.
    var isForgotten = false
  }

  /// A change of names: each gets a file, or nil where it goes.
  struct NameChange: Sendable {
    var names: [String: Int?]
    var isForgotten = false
  }

  /// What became of a pending write.
  enum Fate: Hashable, Sendable {
    case absent
    case present
    /// Its first bytes reached the disk.
    case torn(byteCount: Int)
    /// The file became longer, and the bytes stayed zero.
    case zeros
  }

  private(set) var nextFile = 0
  private(set) var safeBytes: [Int: [UInt8]] = [:]
  private(set) var safeNames: [String: Int] = [:]
  private(set) var pendingWrites: [Write] = []
  private(set) var pendingNames: [NameChange] = []

  /// The files as the running system sees them.
  private(set) var visibleNames: [String: Int] = [:]
  private(set) var visibleBytes: [Int: [UInt8]] = [:]

  init(files: [String: [UInt8]] = [:]) {
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      safeNames[name] = nextFile
      safeBytes[nextFile] = bytes
      nextFile += 1
    }
    visibleNames = safeNames
    visibleBytes = safeBytes
  }

  mutating func create(_ name: String) -> Int {
    let file = nextFile
    nextFile += 1
    visibleBytes[file] = []
    change([name: file])
    return file
  }

  mutating func append(_ bytes: [UInt8], to file: Int) {
    guard !bytes.isEmpty else { return }
    pendingWrites.append(Write(file: file, offset: visibleBytes[file]!.count, bytes: bytes))
    visibleBytes[file]! += bytes
  }

  mutating func change(_ names: [String: Int?]) {
    for (name, file) in names { visibleNames[name] = file }
    pendingNames.append(NameChange(names: names))
  }

  mutating func sync(file: Int) {
    var bytes = safeBytes[file] ?? []
    for write in pendingWrites where write.file == file && !write.isForgotten { Self.apply(write, .present, to: &bytes) }
    safeBytes[file] = bytes
    pendingWrites.removeAll { $0.file == file && !$0.isForgotten }
  }

  mutating func syncNames() {
    for (index, change) in pendingNames.enumerated() where !change.isForgotten {
      Self.apply(change, to: &safeNames)
      // What came before cannot undo it.
      for earlier in 0..<index { for name in change.names.keys { pendingNames[earlier].names[name] = nil } }
    }
    pendingNames.removeAll { !$0.isForgotten || $0.names.isEmpty }
  }

  mutating func forgetWrites(of file: Int) {
    for index in pendingWrites.indices where pendingWrites[index].file == file { pendingWrites[index].isForgotten = true }
  }

  mutating func forgetNames() {
    for index in pendingNames.indices { pendingNames[index].isForgotten = true }
  }

  /// The files after a power cut that these changes survived.
  func files(names: (Int) -> Bool, writes: (Int) -> Fate) -> [String: [UInt8]] {
    var surviving = safeNames
    for (index, change) in pendingNames.enumerated() where names(index) { Self.apply(change, to: &surviving) }
    var bytes = safeBytes
    for (index, write) in pendingWrites.enumerated() { Self.apply(write, writes(index), to: &bytes[write.file, default: []]) }
    return surviving.mapValues { bytes[$0] ?? [] }
  }

  private static func apply(_ change: NameChange, to names: inout [String: Int]) {
    for (name, file) in change.names { names[name] = file }
  }

  private static func apply(_ write: Write, _ fate: Fate, to bytes: inout [UInt8]) {
    let survived: [UInt8]
    switch fate {
    case .absent: return
    case .present: survived = write.bytes
    case .torn(let byteCount): survived = Array(write.bytes.prefix(byteCount))
    case .zeros: survived = Array(repeating: 0, count: write.bytes.count)
    }
    let end = write.offset + survived.count
    if bytes.count < end { bytes += Array(repeating: 0, count: end - bytes.count) }
    bytes.replaceSubrange(write.offset..<end, with: survived)
  }
}
