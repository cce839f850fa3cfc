import Foundation

/// SplitMix64: the same numbers from the same seed on every machine. Source: Steele, Lea & Flood, "Fast Splittable Pseudorandom
/// Number Generators", 2014.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Whether an event of this probability happens.
  mutating func happens(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &self) < probability }

  /// A number below `count`, small ones much more often, as words are in text: roughly Zipf's law.
  mutating func skewed(below count: Int) -> Int {
    min(count - 1, Int(Double(count + 1).pow(Double.random(in: 0..<1, using: &self))) - 1)
  }
}

extension Double {
  fileprivate func pow(_ exponent: Double) -> Double { Foundation.pow(self, exponent) }
}
