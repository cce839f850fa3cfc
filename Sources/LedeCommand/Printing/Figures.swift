import Foundation

/// Numbers as the command prints them, the same in every language and on every system.
enum Figures {
  /// A whole number with thousands separated: `21,577`.
  static func count(_ number: Int) -> String {
    var digits = String(number.magnitude)[...]
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.append(digits.suffix(3))
      digits = digits.dropLast(3)
    }
    groups.append(digits)
    return (number < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }

  /// A number and its noun: `1 article`, `2,310 articles`.
  static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(count(number)) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  /// An amount of bytes in decimal units: `532 bytes`, `38.1 MB`.
  static func bytes(_ count: Int) -> String {
    guard count >= 1_000 else { return self.count(count, "byte") }
    var value = Double(count)
    var unit = "bytes"
    // 999.95 and up would be printed as 1000.0 of the smaller unit.
    for next in ["kB", "MB", "GB", "TB"] where value >= (unit == "bytes" ? 1_000 : 999.95) {
      value /= 1_000
      unit = next
    }
    return "\(decimal(value, places: 1)) \(unit)"
  }

  /// A duration to two or three significant digits: `12 µs`, `0.6 ms`, `1.4 s`, `2 min 5 s`.
  static func duration(_ duration: Duration) -> String {
    let seconds = duration / .seconds(1)
    switch seconds {
    case ..<0.000_099_5: return "\(decimal(seconds * 1_000_000, places: 0)) µs"
    case ..<0.0995: return "\(decimal(seconds * 1_000, places: seconds < 0.00995 ? 1 : 0)) ms"
    case ..<0.9995: return "\(decimal(seconds * 1_000, places: 0)) ms"
    case ..<59.95: return "\(decimal(seconds, places: 1)) s"
    default: return wholeSeconds(duration)
    }
  }

  /// A measured time, finer than ``duration(_:)`` below a millisecond: `230 µs`, `1.5 ms`.
  static func measurement(_ duration: Duration) -> String {
    let microseconds = duration / .microseconds(1)
    return microseconds < 999.5 ? "\(decimal(microseconds, places: 0)) µs" : self.duration(duration)
  }

  /// A duration in whole seconds, rounded up: `2 s`, `2 min 5 s`.
  static func wholeSeconds(_ duration: Duration) -> String {
    let whole = Int(min((duration / .seconds(1)).rounded(.up), 1e9))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }

  /// A rate of reading: `61 MB/s`.
  static func rate(bytes: Int, in duration: Duration) -> String {
    let megabytes = Double(bytes) / 1_000_000 / max(duration / .seconds(1), 1e-9)
    return "\(decimal(megabytes, places: megabytes < 9.95 ? 1 : 0)) MB/s"
  }

  /// A number with so many decimals, with a point.
  static func decimal(_ value: Double, places: Int) -> String { String(format: "%.\(places)f", value) }
}
