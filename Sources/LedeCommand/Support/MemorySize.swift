import ArgumentParser

/// An amount of memory as a person types it: `256M`, `1G`, `1.5G`, `65536`. The letters K, M, G, T count in steps of 1,024; a
/// following `B` or `iB` is allowed.
struct MemorySize: Hashable, Sendable, ExpressibleByArgument {
  /// The bytes.
  let byteCount: Int

  /// The amount that the text names, or nil for any other text.
  init?(argument: String) {
    var text = argument.lowercased()[...]
    for suffix in ["ib", "b"] where text.hasSuffix(suffix) {
      text = text.dropLast(suffix.count)
      break
    }
    var factor = 1.0
    if let letter = text.last, let exponent = ["k", "m", "g", "t"].firstIndex(of: letter) {
      for _ in 0...exponent { factor *= 1_024 }
      text = text.dropLast()
    }
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let number = Double(text) else { return nil }
    let bytes = (number * factor).rounded()
    guard bytes >= 1, bytes < Double(Int.max) else { return nil }
    byteCount = Int(bytes)
  }

  /// A number of bytes.
  init(byteCount: Int) { self.byteCount = byteCount }
}
