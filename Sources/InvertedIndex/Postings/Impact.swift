import BitKernels

/// How much a word can give to a document's score, as a share of the word's weight, kept in one byte or two.
///
/// Shares are those of BM25 under the usual parameters and the average length of the segment: `tf / (tf + k1 · (1 - b + b ·
/// length / average))`, between 0 and 1. Under another average A, with r = A / average of the segment, the same document's
/// share is between `min(1, r)` and `max(1, r)` times this one, so that the bytes stay good for any snapshot that holds the
/// segment; only other parameters need the pairs of a ``ScoreBound``.
///
/// Source: quantized impacts, Anh & Moffat 2002, here as bounds of exact scores.
package enum Impact {
  /// The k1 that impacts stand for.
  package static let k1 = 1.2
  /// The b that impacts stand for.
  package static let b = 0.75
  /// The numbers of documents whose least share a list states, see ``PostingsFormat``.
  package static let ranks = [10, 100, 1_000]

  /// More than the error of computing a share.
  private static let allowance = 0x1p-40

  /// The share of a document.
  @inline(__always)
  static func share(occurrences: UInt32, length: UInt32, averageLength: Double) -> Double {
    share(occurrences: occurrences, normalization: normalization(length: length, averageLength: averageLength))
  }

  /// What a document's length makes of its share.
  @inline(__always)
  static func normalization(length: UInt32, averageLength: Double) -> Double {
    k1 * ((1 - b) + b * Double(length) / averageLength)
  }

  /// The share of a document whose ``normalization(length:averageLength:)`` is known.
  @inline(__always)
  static func share(occurrences: UInt32, normalization: Double) -> Double {
    let tf = Double(occurrences)
    return tf / (tf + normalization)
  }

  /// The least byte that stands for a share or more.
  static func byte(notBelow share: Double) -> UInt8 {
    UInt8(min(255, Int(share * (1 + allowance) * 255) + 1))
  }

  /// The share that a byte stands for: no document of its block has more.
  package static func share(ofByte byte: UInt8) -> Double { Double(byte) * sharePerUnit }

  /// The share that the best document of a block at least has of which a byte is the impact.
  package static func leastShare(ofByte byte: UInt8) -> Double { Double(max(1, byte) - 1) / 255 * (1 - 2 * allowance) }

  /// The share that a byte of 1 stands for; a little more, because a product is rounded.
  package static let sharePerUnit = 1.0 / 255 * (1 + allowance)

  /// The least class of a ``DenseCells`` cell that stands for a share or more; whatever damaged bytes made of the share, a class.
  @inline(__always)
  static func shareClass(notBelow share: Double) -> UInt8 {
    let scaled = share * (1 + allowance) * Double(DenseCells.greatestClass)
    return scaled < Double(DenseCells.greatestClass) ? UInt8(Int(max(0, scaled)) + 1) : UInt8(DenseCells.greatestClass)
  }

  /// The share that a class of 1 stands for.
  package static let sharePerClass = 1.0 / Double(DenseCells.greatestClass) * (1 + allowance)

  /// The least two bytes that stand for a share or more; whatever damaged bytes made of the share, two bytes.
  @inline(__always)
  static func bytes(notBelow share: Double) -> UInt16 {
    let scaled = share * (1 + allowance) * 65_536
    return scaled < 65_535 ? UInt16(Int(max(0, scaled)) + 1) : .max
  }

  /// What a share is not above for which two bytes are the least.
  package static func share(notBelowBytes bytes: UInt16) -> Double {
    bytes == .max ? 1 : Double(bytes) / 65_536 * (1 + allowance)
  }

  /// What a share is not below for which the least two bytes are more than these.
  package static func leastShare(aboveBytes bytes: UInt16) -> Double { Double(bytes) / 65_536 * (1 - 2 * allowance) }

  /// The greatest two bytes that stand for a share or less.
  static func bytes(notAbove share: Double) -> UInt16 { UInt16(max(0, min(65_535, Int(share * (1 - allowance) * 65_536)))) }

  /// The share that two bytes stand for.
  package static func share(ofBytes bytes: UInt16) -> Double { Double(bytes) / 65_536 }
}
