import Foundation

/// A small file system in memory, mounted as long as the value lives. Needs root.
final class SmallDisk {
  let folder: ScratchFolder

  /// Mounts a file system of this size.
  init(kibibytes: Int) throws {
    folder = try ScratchFolder()
    try SmallDisk.run("mount", ["-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", folder.url.path])
  }

  deinit { try? SmallDisk.run("umount", ["-l", folder.url.path]) }

  /// Gives the file system another size.
  func resize(kibibytes: Int) throws { try SmallDisk.run("mount", ["-o", "remount,size=\(kibibytes)k", folder.url.path]) }

  private static func run(_ program: String, _ arguments: [String]) throws {
    guard let path = MachineFacts.path(of: program) else { throw CocoaError(.fileNoSuchFile) }
    let process = LedeProcess.process(path, arguments)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteNoPermission) }
  }
}
