import Foundation

/// How much of a random suite runs: the short form always, the long one with `LEDE_LONG=1`. `LEDE_SEED` runs one seed alone.
enum Extent {
  static let isLong = ProcessInfo.processInfo.environment["LEDE_LONG"] == "1"
  static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["LEDE_SEED"].flatMap(UInt64.init).map { [$0] } ?? Array(1...(isLong ? 24 : 4))
  /// 75 archives of 800 queries each are three times 20,000, for each backend.
  static let querySeeds: [UInt64] = isLong && seeds.count > 1 ? Array(1...75) : seeds
  static let queryCount = isLong ? 800 : 100
  static let damageSeeds: [UInt64] = Array(1...(isLong ? 200 : 2))
  static let articleCounts: [Int] = isLong ? [0, 1, 17, 300, 1_000, 2_500] : [300, 1, 400, 40]
}
