/// The Unicode 15.0 properties and foldings of every scalar.
///
/// They are our own and not the standard library's, whose Unicode version changes with the toolchain: a word indexed under one
/// compiler must be found by a program built with another.
///
/// A table is two-staged: the upper bits of a scalar choose a block, the lower ones an entry of it, and equal blocks are kept
/// once.
///
///     record number = propertyValues[propertyBlocks[scalar >> shift] << shift | scalar & mask]
final class UnicodeTables: Sendable {
  /// The one copy, made on first use in about 0.3 ms.
  static let shared = UnicodeTables()

  private let propertyBlocks = numbers(UnicodeData.propertyBlocks, as: UInt16.self)
  private let propertyValues = numbers(UnicodeData.propertyValues, as: UInt8.self)
  private let records = numbers(UnicodeData.records, as: UInt32.self)
  private let foldBlocks = numbers(UnicodeData.foldBlocks, as: UInt16.self)
  private let foldValues = numbers(UnicodeData.foldValues, as: UInt16.self)
  private let foldStarts = numbers(UnicodeData.foldStarts, as: UInt16.self)
  private let compositions = numbers(UnicodeData.compositions, as: UInt32.self)
  /// The scalars that ``folding(of:)`` points into.
  let foldScalars = numbers(UnicodeData.foldScalars, as: UInt32.self)

  /// The properties of a scalar, which must be at most U+10FFFF.
  func properties(of scalar: UInt32) -> UnicodeProperties {
    let block = Int(propertyBlocks[Int(scalar) >> UnicodeData.propertyShift])
    let entry = Int(scalar) & (1 << UnicodeData.propertyShift - 1)
    return UnicodeProperties(bits: records[Int(propertyValues[block << UnicodeData.propertyShift | entry])])
  }

  /// Where in ``foldScalars`` the folding of a scalar stands; empty for a scalar that folds to itself.
  ///
  /// Decomposed but for Hangul syllables, case folded, without the accents that go.
  func folding(of scalar: UInt32) -> Range<Int> {
    let block = Int(foldBlocks[Int(scalar) >> UnicodeData.foldShift])
    let number = Int(foldValues[block << UnicodeData.foldShift | Int(scalar) & (1 << UnicodeData.foldShift - 1)])
    return number == 0 ? 0..<0 : Int(foldStarts[number])..<Int(foldStarts[number + 1])
  }

  /// The scalar that two others compose to, or nil.
  func composition(of first: UInt32, _ second: UInt32) -> UInt32? {
    if let syllable = hangulSyllable(first, second) { return syllable }
    var low = 0
    var high = compositions.count / 3
    while low < high {
      let middle = (low + high) / 2
      let pair = (compositions[middle * 3], compositions[middle * 3 + 1])
      if pair == (first, second) { return compositions[middle * 3 + 2] }
      if pair < (first, second) { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// Hangul syllables are composed by arithmetic (Unicode, section 3.12).
  private func hangulSyllable(_ first: UInt32, _ second: UInt32) -> UInt32? {
    let (syllables, leads, vowels, trails) = (UInt32(0xAC00), UInt32(0x1100), UInt32(0x1161), UInt32(0x11A7))
    if (leads..<leads + 19).contains(first), (vowels..<vowels + 21).contains(second) {
      return syllables + ((first - leads) * 21 + (second - vowels)) * 28
    }
    if (syllables..<syllables + 11172).contains(first), (first - syllables) % 28 == 0, (trails + 1..<trails + 28).contains(second)
    {
      return first + (second - trails)
    }
    return nil
  }
}

/// The little-endian numbers in a base64 text.
private func numbers<Number: FixedWidthInteger & UnsignedInteger>(_ text: String, as type: Number.Type) -> [Number] {
  let bytes = decodedBase64(text.utf8Span.span)
  let width = Number.bitWidth / 8
  return (0..<bytes.count / width).map { index in
    var number: Number = 0
    for offset in 0..<width { number |= Number(truncatingIfNeeded: bytes[index &* width &+ offset]) &<< Number(8 &* offset) }
    return number
  }
}

/// The bytes of a base64 text, whose length is a multiple of four.
private func decodedBase64(_ text: Span<UInt8>) -> [UInt8] {
  // An array: the compiler copied an InlineArray for every index, which took three times as long in all.
  let alphabet = (UInt8.min...UInt8.max).map(base64Value)
  var result = [UInt8](repeating: 0, count: text.count / 4 * 3)
  var bytes = result.mutableSpan
  var position = 0
  var written = 0
  while position &+ 3 < text.count, written &+ 2 < bytes.count {
    let high = UInt32(alphabet[Int(text[position])]) << 6 | UInt32(alphabet[Int(text[position &+ 1])])
    let low = UInt32(alphabet[Int(text[position &+ 2])]) << 6 | UInt32(alphabet[Int(text[position &+ 3])])
    bytes[written] = UInt8(truncatingIfNeeded: high >> 4)
    bytes[written &+ 1] = UInt8(truncatingIfNeeded: high << 4 | low >> 8)
    bytes[written &+ 2] = UInt8(truncatingIfNeeded: low)
    position &+= 4
    written &+= 3
  }
  result.removeLast(padding(of: text))
  return result
}

/// The number of bytes that the padding stands for.
private func padding(of text: Span<UInt8>) -> Int {
  (0..<min(2, text.count)).count { text[text.count - 1 - $0] == UInt8(ascii: "=") }
}

/// The six bits of a base64 character; 0 for the padding.
private func base64Value(_ character: UInt8) -> UInt8 {
  switch character {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
  case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
  case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
  case UInt8(ascii: "+"): 62
  case UInt8(ascii: "/"): 63
  default: 0
  }
}
