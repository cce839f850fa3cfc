import Foundation

/// What this machine allows tests to do. Tests that need more are skipped and say so.
enum MachineFacts {
  /// Whether the tests run as root, who may read everything and mount file systems.
  static let isRoot = geteuid() == 0

  /// `setpriv`, which runs a program as another user, for root only.
  static let setpriv = isRoot ? path(of: "setpriv") : nil

  /// `script` of util-linux, which runs a program on a terminal of its own.
  static let script: String? = {
    #if os(Linux)
      path(of: "script")
    #else
      nil
    #endif
  }()

  /// Whether a small file system can be mounted, tried once.
  static let canMount: Bool = {
    guard isRoot, let mount = path(of: "mount"), let umount = path(of: "umount"), let folder = try? ScratchFolder() else {
      return false
    }
    guard succeeds(mount, ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.url.path]) else { return false }
    return succeeds(umount, [folder.url.path])
  }()

  /// `strace`, where this process may trace others; tried once.
  static let strace: String? = path(of: "strace").flatMap { succeeds($0, ["-o", "/dev/null", "true"]) ? $0 : nil }

  private static func succeeds(_ program: String, _ arguments: [String]) -> Bool {
    let process = LedeProcess.process(program, arguments)
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// Where a program of the system is.
  static func path(of program: String) -> String? {
    ["/usr/bin", "/bin", "/usr/sbin", "/sbin"].map { "\($0)/\(program)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }
}
