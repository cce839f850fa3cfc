import Foundation

/// A file system in memory of a few megabytes, mounted as long as the value lives. Needs root.
final class SmallDisk {
  let folder: ScratchFolder

  /// Mounts a file system of this size.
  init(megabytes: Int) throws {
    folder = try ScratchFolder()
    try SmallDisk.run("mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder.url.path])
  }

  deinit { try? SmallDisk.run("umount", ["-l", folder.url.path]) }

  /// Gives the file system another size.
  func resize(megabytes: Int) throws { try SmallDisk.run("mount", ["-o", "remount,size=\(megabytes)m", folder.url.path]) }

  private static func run(_ program: String, _ arguments: [String]) throws {
    guard let path = MachineFacts.path(of: program) else { throw CocoaError(.fileNoSuchFile) }
    let process = LedeProcess.process(path, arguments)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteNoPermission) }
  }
}
