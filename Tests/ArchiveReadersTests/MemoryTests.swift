import ArchiveReaders
import Foundation
import SearchAPI
import Testing

#if !canImport(Darwin)
  import Glibc
#endif

@Suite("Memory")
struct MemoryTests {
  // In a process of its own, so that the peak is this reading's alone.
  @Test("Memory does not grow with the input, and a line of 50 MB is passed over without being held")
  func bounded() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let file = try folder.write("a.jsonl.gz", [])
      // One member of 1 MB of lines, again and again; 200 MB in the long form, which is 40 in the short one.
      let member = gzip(
        Array(
          String(repeating: "{\"title\":\"title\",\"body\":\"\(String(repeating: "word ", count: 195))\"}\n", count: 1_000).utf8))
      // In small members, too: writing the file must take less memory than reading it may.
      let piece = gzip([UInt8](repeating: 0x61, count: 1_000_000))
      let long = gzip(Array("{\"title\":\"".utf8)) + (0..<50).flatMap { _ in piece } + gzip(Array("\"}\n".utf8))
      let count = SharedData.runsLongTests ? 200 : 40
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
      for index in 0..<count {
        try handle.write(contentsOf: Data(member))
        if index == count / 2 { try handle.write(contentsOf: Data(long)) }
      }
      try handle.close()

      let before = MemoryTests.peak()
      let stream = try ArchiveStream(inputs: [ArchiveInput(folder.path)])
      var articles = 0
      while let result = stream.next() {
        if case .article = result { articles += 1 }
      }
      let grown = MemoryTests.peak() - before
      precondition(articles == count * 1_000, "\(articles) articles")
      precondition(stream.counters.skipped == 1, "\(stream.counters.skipped) skipped")
      precondition(stream.bytesRead == stream.totalBytes, "all bytes count as read")
      // A window that grows to the limit of 32 MiB is there twice while it grows; without a limit the line alone takes more.
      precondition(grown < 80 << 20, "memory grew by \(grown) bytes")
    }
  }

  /// The most bytes the process has held.
  static func peak() -> Int {
    var usage = rusage()
    #if canImport(Darwin)
      unsafe getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #else
      unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss * 1_024
    #endif
  }
}
