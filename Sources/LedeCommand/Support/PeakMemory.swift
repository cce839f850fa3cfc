import Foundation

/// The most memory this process has held at once.
enum PeakMemory {
  /// The bytes, or 0 where the system does not say.
  ///
  /// On Linux this is the mark of the process itself: `getrusage` would also count what the process that started it had held.
  static var byteCount: Int {
    #if os(Linux)
      guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
        let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
        let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({ Int($0) })
      else { return 0 }
      return kilobytes * 1_024
    #else
      var usage = rusage()
      guard unsafe getrusage(RUSAGE_SELF, &usage) == 0 else { return 0 }
      return Int(usage.ru_maxrss)
    #endif
  }
}
