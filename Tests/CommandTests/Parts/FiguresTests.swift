import SearchAPI
import Testing

@testable import LedeCommand

@Suite("Figures")
struct FiguresTests {
  @Test(
    "Numbers are grouped by thousands",
    arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-21_577, "-21,577"), (1_234_567, "1,234,567")])
  func counts(number: Int, text: String) { #expect(Figures.count(number) == text) }

  @Test(
    "Bytes are given in the unit that fits",
    arguments: [
      (1, "1 byte"), (999, "999 bytes"), (1_000, "1.0 kB"), (999_949, "999.9 kB"), (999_951, "1.0 MB"), (38_100_000, "38.1 MB"),
      (2_000_000_000_000, "2.0 TB"),
    ])
  func bytes(count: Int, text: String) { #expect(Figures.bytes(count) == text) }

  @Test(
    "Durations are given in the unit that fits",
    arguments: [
      (Duration.microseconds(12), "12 µs"), (.microseconds(640), "0.6 ms"), (.milliseconds(12), "12 ms"),
      (.milliseconds(999), "999 ms"),
      (.milliseconds(1_400), "1.4 s"), (.seconds(125), "2 min 5 s"),
    ])
  func durations(duration: Duration, text: String) { #expect(Figures.duration(duration) == text) }

  @Test(
    "Memory sizes are read as people write them",
    arguments: [
      ("256M", 256 << 20), ("1G", 1 << 30), ("1.5g", 3 << 29), ("64k", 65_536), ("64KiB", 65_536), ("65536", 65_536),
      ("2GB", 2 << 30),
    ])
  func memorySizes(text: String, bytes: Int) { #expect(MemorySize(argument: text)?.byteCount == bytes) }

  @Test("What is no memory size is refused", arguments: ["", "M", "-1M", "0", "much", "1e99", "nan", "99999999999T", "1 M"])
  func wrongMemorySizes(text: String) { #expect(MemorySize(argument: text) == nil) }
}
