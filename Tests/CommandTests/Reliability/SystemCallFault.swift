import Foundation

/// A fault put into one system call of a run of the command, by `strace`.
struct SystemCallFault: CustomStringConvertible {
  /// What happens at the call.
  enum Kind: String, CaseIterable {
    case noSpace = "error=ENOSPC"
    case inputOutput = "error=EIO"
    case tooManyFiles = "error=EMFILE"
    case noMemory = "error=ENOMEM"
    /// The process dies before the call is made.
    case kill = "signal=KILL"

    /// Whether the operating system could say so of this call. Some calls cannot fail at all in a way that a program may see.
    func concerns(_ call: String) -> Bool {
      switch self {
      case .noSpace: ["openat", "write", "pwrite64", "fsync", "fdatasync", "renameat", "renameat2", "ftruncate"].contains(call)
      case .inputOutput: !["mmap", "flock", "fcntl"].contains(call)
      case .tooManyFiles: call == "openat"
      case .noMemory: call == "mmap"
      case .kill:
        ["openat", "write", "pwrite64", "fsync", "fdatasync", "renameat", "renameat2", "unlinkat", "unlink", "close"].contains(
          call)
      }
    }
  }

  let kind: Kind
  let call: String
  /// Which of each thread's calls, counted from 1.
  let number: Int

  var description: String { "\(call):\(kind.rawValue):when=\(number)" }

  /// The calls by which the command reaches its index.
  static let calls = [
    "openat", "write", "pwrite64", "pread64", "fsync", "fdatasync", "renameat", "renameat2", "unlink", "unlinkat", "close",
    "ftruncate", "mmap", "flock", "newfstatat", "getdents64",
  ]

  /// `strace` with its log and its program.
  static func arguments(log: String, trace: String, inject: String? = nil, _ program: [String]) -> [String] {
    ["-f", "-y", "-o", log, "-e", "trace=\(trace)"] + (inject.map { ["-e", "inject=\($0)"] } ?? []) + program
  }

  /// The faults to try, from the log of a run without any: one of each kind that concerns the call, wherever one reaches the
  /// index.
  static func all(in log: String, index path: String) -> [SystemCallFault] {
    var counts: [String: Int] = [:]
    var faults: [SystemCallFault] = []
    var known: Set<String> = []
    for line in log.split(separator: "\n") {
      guard let (thread, call) = head(of: line), calls.contains(call) else { continue }
      counts["\(thread) \(call)", default: 0] += 1
      guard line.contains(path) else { continue }
      for kind in Kind.allCases where kind.concerns(call) {
        let fault = SystemCallFault(kind: kind, call: call, number: counts["\(thread) \(call)"]!)
        if known.insert(fault.description).inserted { faults.append(fault) }
      }
    }
    return faults
  }

  /// Whether the fault hit a call on the index, from the log of the run.
  func hit(_ path: String, in log: String) -> Bool {
    log.split(separator: "\n").contains { line in
      line.contains(path) && (line.contains("(INJECTED)") || kind == .kill && line.contains("= ?"))
    }
  }

  /// `123 write(4</tmp/x>, …` → 123 and `write`; nil for lines about signals, ends and the rest of a call.
  private static func head(of line: Substring) -> (thread: Substring, call: String)? {
    // The number of a thread is padded to five places.
    let thread = line.prefix { $0 != " " }
    let call = line[thread.endIndex...].drop { $0 == " " }
    guard call.first?.isLetter == true, let bracket = call.firstIndex(of: "(") else { return nil }
    return (thread, String(call[..<bracket]))
  }
}
