@testable import IndexStorage

/// The smallest index that follows the commit protocol: a generation is a list of segments, and each commit adds one, forgets
/// the oldest of more than two, and writes a new file of deletions.
///
/// A mutant leaves one step out, or does it in another place.
final class SmallStore {
  enum Mutant: String, CaseIterable, Sendable {
    case segmentNotSynced
    case deletionsNotSynced
    case folderNotSyncedBeforeManifest
    case manifestNotSynced
    case folderNotSyncedAfterRename
    case manifestWrittenInPlace
    case oldManifestRemovedFirst
    case oldFilesRemovedFirst
    case manifestBeforeFiles
    case namesUsedAgain
    case folderSyncErrorIgnored
    case folderSyncedAgainAfterFailure
    case unknownOutcomeSyncedAgain
    case newFilesRemovedWhenOutcomeUnknown
    case oldFilesRemovedWhenOutcomeUnknown
    case allFilesTakenForLeftovers
    case retiredFilesRemovedAtOpening
    case retiredFilesRemovedAtOpeningAfterSync
    case temporaryFileOfDeadWriterKept
  }

  struct Manifest: Equatable {
    var generation: UInt64 = 0
    /// No manifest up to this one names a file with this number or a greater one.
    var nextID: UInt64 = 1
    var segments: [FileSummary] = []
    var deletions: FileSummary?

    var names: Set<String> { Set((segments + [deletions].compactMap { $0 }).map(\.name)) }
  }

  private let directory: any Directory
  private let mutant: Mutant?
  private var manifest = Manifest()
  private var nextID: UInt64 = 1
  private var lock: WriterLock?

  /// Steps 1 and 2: takes the lock, reads the manifest, removes leftovers.
  init(_ directory: any Directory, mutant: Mutant? = nil) throws {
    self.mutant = mutant
    self.directory = mutant.map { Self.leavingOut($0, from: directory) } ?? directory
    lock = try directory.lock("lock")
    manifest = try Self.readManifest(directory)
    nextID = max(manifest.nextID, (try directory.list().compactMap { Self.id(of: $0.name) }.max() ?? 0) + 1)
    if mutant == .retiredFilesRemovedAtOpeningAfterSync { try directory.sync() }
    let firstUnnamed =
      switch mutant {
      case .allFilesTakenForLeftovers, .retiredFilesRemovedAtOpening, .retiredFilesRemovedAtOpeningAfterSync: 0 as UInt64
      default: manifest.nextID
      }
    let live = mutant == .allFilesTakenForLeftovers ? [] : manifest.names
    _ = try Leftovers.remove(from: self.directory, live: live) { name in Self.id(of: name).map { $0 >= firstUnnamed } ?? false }
  }

  /// The number in a name of ours; nil for other names.
  private static func id(of name: String) -> UInt64? {
    guard name.hasSuffix(".segment") || name.hasSuffix(".deletions") else { return nil }
    return UInt64(name.prefix { $0 != "." })
  }

  /// Steps 3 to 6; returns the generation that is now durable.
  func commit(_ content: [UInt8]) throws -> UInt64 {
    let old = manifest
    var new = manifest
    new.generation += 1
    new.nextID = nextID + 1
    if new.segments.count > 2 { new.segments.removeFirst() }
    let retired = old.names.subtracting(new.names)

    if mutant == .manifestBeforeFiles {
      // The summaries are learnt from a rehearsal elsewhere.
      let rehearsal = MemoryDirectory()
      var foreseen = new
      try addFiles(content, to: &foreseen, in: rehearsal)
      try AtomicFile.replace("MANIFEST", with: Self.bytes(foreseen), in: directory)
      try addFiles(content, to: &new, in: directory)
      try directory.sync()
    } else {
      if mutant == .oldFilesRemovedFirst { remove(retired) }
      do {
        try addFiles(content, to: &new, in: directory)
        try syncFolder()
        try publish(new)
      } catch StorageError.outcomeUnknown(let file, let reason) {
        if mutant == .newFilesRemovedWhenOutcomeUnknown { remove(new.names.subtracting(old.names)) }
        if mutant == .oldFilesRemovedWhenOutcomeUnknown { remove(old.names.subtracting(new.names)) }
        throw StorageError.outcomeUnknown(file: file, reason: reason)
      } catch {
        // Rule F. Whatever cannot be removed is a leftover for the next writer.
        for name in try directory.list().map(\.name) where Self.id(of: name) == nextID {
          try? directory.remove(name)
        }
        throw error
      }
    }
    manifest = new
    nextID += 1
    defer { remove(namesOnDisk().subtracting(old.names).subtracting(new.names)) }
    return new.generation
  }

  private func addFiles(_ content: [UInt8], to manifest: inout Manifest, in directory: any Directory) throws {
    let segment = mutant == .namesUsedAgain ? nextID % 3 : nextID
    manifest.segments.append(try write("\(segment).segment", content, in: directory))
    manifest.deletions = try write("\(nextID).deletions", Array(content.reversed()), in: directory)
  }

  private func write(_ name: String, _ content: [UInt8], in directory: any Directory) throws -> FileSummary {
    if mutant == .namesUsedAgain { try? directory.remove(name) }
    let writer = try CheckedFileWriter(directory: directory, name: name, identity: Self.identity)
    do {
      try writer.append(content)
      return try writer.finish()
    } catch {
      writer.abandon()
      throw error
    }
  }

  private func syncFolder() throws {
    do {
      try directory.sync()
    } catch {
      switch mutant {
      case .folderSyncErrorIgnored: return
      case .folderSyncedAgainAfterFailure: try directory.sync()
      default: throw error
      }
    }
  }

  private func publish(_ manifest: Manifest) throws {
    switch mutant {
    case .manifestWrittenInPlace:
      try? directory.remove("MANIFEST")
      try directory.write("MANIFEST", Self.bytes(manifest))
      try directory.sync()
      return
    case .oldManifestRemovedFirst:
      try? directory.remove("MANIFEST")
    default: break
    }
    do {
      try AtomicFile.replace("MANIFEST", with: Self.bytes(manifest), in: directory)
    } catch {
      guard mutant == .unknownOutcomeSyncedAgain, case .outcomeUnknown = error else { throw error }
      try directory.sync()
    }
  }

  private func namesOnDisk() -> Set<String> {
    Set((try? directory.list().map(\.name).filter { Self.id(of: $0) != nil }) ?? [])
  }

  private func remove(_ names: Set<String>) {
    for name in names.sorted() { try? directory.remove(name) }
  }

  /// What a reader sees: the generation and its contents, each file verified.
  static func read(_ directory: any Directory) throws -> (generation: UInt64, contents: [[UInt8]]) {
    let manifest = try readManifest(directory)
    let contents = try (manifest.segments + [manifest.deletions].compactMap { $0 }).map { summary in
      let file = try CheckedFile(directory: directory, name: summary.name, identity: identity, expected: summary)
      return [UInt8](copying: try file.allBytes())
    }
    return (manifest.generation, contents)
  }

  private static let identity = FileIdentity(kind: "TOY ", indexID: 1, segmentID: 1)

  private static func bytes(_ manifest: Manifest) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(manifest.generation)
    writer.append(manifest.nextID)
    let files = manifest.segments + [manifest.deletions].compactMap { $0 }
    writer.appendVarint(files.count)
    for file in files {
      writer.append(lengthPrefixed: file.name)
      writer.appendVarint(file.byteCount)
      writer.append(file.checksum)
    }
    writer.append(Checksum.of(writer.bytes.span))
    return writer.bytes
  }

  private static func readManifest(_ directory: any Directory) throws -> Manifest {
    let file: MappedFile
    do { file = try directory.open("MANIFEST") } catch .missing { return Manifest() }
    guard file.byteCount >= 8 else { throw StorageError.corrupt(file: "MANIFEST", offset: nil, reason: "it is too short") }
    let body = file.bytes.extracting(0..<file.byteCount - 8)
    guard Checksum.of(body) == file.bytes.littleEndianUInt64(at: file.byteCount - 8) else {
      throw StorageError.corrupt(file: "MANIFEST", offset: nil, reason: "it does not match its checksum")
    }
    var reader = ByteReader(body, file: "MANIFEST")
    var manifest = Manifest(generation: try reader.readUInt64(), nextID: try reader.readUInt64())
    for _ in 0..<(try reader.readCount(elementByteCount: 10)) {
      let name = try reader.readString()
      manifest.segments.append(
        FileSummary(name: name, byteCount: Int(try reader.readVarint()), checksum: try reader.readUInt64()))
    }
    try reader.finish()
    manifest.deletions = manifest.segments.popLast()
    return manifest
  }

  /// The mutants that only leave a call out.
  private static func leavingOut(_ mutant: Mutant, from directory: any Directory) -> any Directory {
    let syncs = Guarded(0)
    return InterceptingDirectory(directory) { operation in
      let isLeftOut =
        switch (mutant, operation) {
        case (.segmentNotSynced, .syncFile(let name)): name.hasSuffix(".segment")
        case (.deletionsNotSynced, .syncFile(let name)): name.hasSuffix(".deletions")
        case (.manifestNotSynced, .syncFile(let name)): name == "MANIFEST.tmp"
        case (.temporaryFileOfDeadWriterKept, .remove(let name)): name == "MANIFEST.tmp"
        // Where nothing is left over, a commit syncs the folder twice.
        case (.folderNotSyncedBeforeManifest, .sync), (.folderNotSyncedAfterRename, .sync):
          syncs.withValue { count in
            count += 1
            return count % 2 == (mutant == .folderNotSyncedBeforeManifest ? 1 : 0)
          }
        default: false
        }
      return isLeftOut ? .leaveOut : .perform
    }
  }
}
