extension ReadingTally {
  /// Decodes UTF-8. Invalid bytes and NULs become U+FFFD and are counted.
  ///
  /// Complexity: O(n).
  func text(_ bytes: Span<UInt8>) -> String {
    guard !bytes.isEmpty else { return "" }
    let containsNUL = bytes.firstIndex(of: 0) != nil
    if !containsNUL, let valid = try? UTF8Span(validating: bytes) { return String(copying: valid) }

    var repaired: [UInt8] = []
    repaired.reserveCapacity(bytes.count + 16)
    for index in bytes.indices {
      if bytes[index] == 0 {
        repaired.append(contentsOf: replacementCharacter)
        counters.repairs += 1
      } else {
        repaired.append(bytes[index])
      }
    }
    let result = String(decoding: repaired, as: UTF8.self)
    // Each repair of the decoder is a U+FFFD that was not there before; EF BF BD is complete in itself, so those before survive.
    counters.repairs += replacementCount(result.utf8.span) - replacementCount(repaired.span)
    return result
  }
}

/// U+FFFD in UTF-8.
let replacementCharacter: [UInt8] = [0xEF, 0xBF, 0xBD]

private func replacementCount(_ bytes: Span<UInt8>) -> Int {
  var number = 0
  var index = 0
  while let found = bytes.firstIndex(of: "\u{FFFD}", from: index) {
    number += 1
    index = found + 3
  }
  return number
}
