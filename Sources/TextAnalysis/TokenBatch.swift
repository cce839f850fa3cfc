/// The tokens of one text, as columns of plain numbers, so that the index reads them without knowing the analyzer.
///
/// Token `i` stands at word position `i`. A batch is reused from text to text: ``removeAll()`` keeps its memory.
package struct TokenBatch: Sendable {
  /// The folded bytes of all tokens (UTF-8). Tokens point into it and need not lie in order.
  package var termBytes: [UInt8] = []
  /// Where each token's folded bytes start in `termBytes`.
  package var termOffsets: [UInt32] = []
  /// The number of folded bytes of each token, 1...255.
  package var termLengths: [UInt8] = []
  /// Where each token starts in the text, in UTF-8 bytes.
  package var starts: [UInt32] = []
  /// Where each token ends in the text, in UTF-8 bytes.
  package var ends: [UInt32] = []
  /// What each token looks like and what starts at it: the bits of ``TokenShape``.
  package var shapes: [UInt8] = []
  /// The number of tokens whose folded form exceeded 255 bytes and was cut.
  package var cutCount = 0

  package init() {}

  /// The number of tokens.
  package var count: Int { termOffsets.count }

  /// Forgets the tokens and keeps the memory.
  package mutating func removeAll() {
    termBytes.removeAll(keepingCapacity: true)
    termOffsets.removeAll(keepingCapacity: true)
    termLengths.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    shapes.removeAll(keepingCapacity: true)
    cutCount = 0
  }

  /// The folded text of a token.
  package func term(_ index: Int) -> String {
    let start = Int(termOffsets[index])
    return String(decoding: termBytes[start..<start + Int(termLengths[index])], as: UTF8.self)
  }
}

/// The bits that say what a token looked like before folding, and whether a sentence or paragraph starts at it.
package struct TokenShape: OptionSet, Sendable {
  // ON DISK. Do not renumber.
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The first letter is upper or title case.
  package static let startsUpper = TokenShape(rawValue: 1)
  /// A letter after the first is upper case. Together with `startsUpper` and without `hasLower`, the word is all capitals.
  package static let hasInnerUpper = TokenShape(rawValue: 2)
  /// A letter after the first is lower case.
  package static let hasInnerLower = TokenShape(rawValue: 4)
  /// A sentence starts at this token. Set on the first token of every text.
  package static let startsSentence = TokenShape(rawValue: 8)
  /// A paragraph starts at this token. Set on the first token of every text; implies `startsSentence`.
  package static let startsParagraph = TokenShape(rawValue: 16)
}
