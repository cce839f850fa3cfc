import Foundation

/// How much of a long suite runs: the short form always, the long one with `LEDE_LONG=1`.
enum Extent {
  static let isLong = ProcessInfo.processInfo.environment["LEDE_LONG"] == "1"
}
