import IndexStorage
import Synchronization

/// The first eight bytes of each separator of a key table, in memory as numbers: a search among them takes a step of a few
/// instructions where one among the separators compares bytes.
///
/// Made when a table is first searched, which reads the whole index of the table anyhow.
///
/// Concurrency: may be used from many threads at once; two may make the same numbers at the same time, and one of them is kept.
final class SeparatorPrefixes: Sendable {
  /// The prefix of each separator, ascending.
  final class Prefixes: Sendable {
    let values: [UInt64]

    init(_ values: [UInt64]) { self.values = values }
  }

  private let made = AtomicLazyReference<Prefixes>()

  /// The prefixes, for which `make` is asked where there are none yet.
  func prefixes(_ make: () throws(StorageError) -> [UInt64]) throws(StorageError) -> Prefixes {
    if let prefixes = made.load() { return prefixes }
    return made.storeIfNil(Prefixes(try make()))
  }

  /// The first eight bytes of a key as a number that orders as they do; where there are fewer, zeros follow.
  static func prefix(of key: Span<UInt8>) -> UInt64 {
    var prefix: UInt64 = 0
    for index in 0..<min(8, key.count) { prefix |= UInt64(key[index]) << UInt64(56 - 8 * index) }
    return prefix
  }

  /// The number of prefixes that are less than a number, among ascending ones.
  ///
  /// Complexity: O(log prefixes), without unpredictable branches.
  static func countBelow(_ prefix: UInt64, in prefixes: Span<UInt64>) -> Int {
    var low = 0
    var length = prefixes.count
    while length > 1 {
      let half = length / 2
      low += prefixes[low + half - 1] < prefix ? half : 0
      length -= half
    }
    return length == 1 && prefixes[low] < prefix ? low + 1 : low
  }
}
