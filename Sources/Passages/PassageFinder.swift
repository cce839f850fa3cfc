import TextAnalysis

/// Finds the passage of a text that shows best why it matched, and the marks in it. One way for every backend.
///
/// A passage holds as many different matched words as fit, then as many matches as fit, and of several such places the first.
/// It starts at the start of a sentence where the matches still fit, else at a word, and ends at a word. Without matches it is
/// the start of the text. Intervals that overlap give one mark, neighbouring ones a mark each.
///
///     longest 22, "I saw him. The fox ran off. More.", words [4...4]  →  "The fox ran off. More.", mark 4..<7, cut before
///
/// A character is a Unicode scalar here, so a passage never looks longer than asked for.
package struct PassageFinder: Sendable {
  /// The number of characters a passage has at most.
  package let longest: Int

  /// Makes a finder of passages of at most `longest` characters; fewer than one gives empty passages.
  package init(longest: Int) { self.longest = longest }

  /// The best passage of a text.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - tokens: Its tokens, and no other text's.
  ///   - intervals: The word positions that matched, in any order; each must be in the text.
  ///
  /// Complexity: O(length of the text), and O(m log m) for m intervals in no order.
  package func passage(of text: String, tokens: TokenBatch, intervals: [ClosedRange<Int>]) -> Passage {
    let ruler = TextRuler(text.utf8Span.span, tokens: tokens)
    let matches = Self.disjoint(intervals)
    precondition(matches.last.map { $0.upperBound < tokens.count } ?? true, "an interval must be inside the text")
    let window = window(on: matches, in: tokens, ruler: ruler)
    let bytes = ruler.byteRange(of: window, longest: max(0, longest))
    let start = text.utf8.index(text.startIndex, offsetBy: bytes.lowerBound)
    let end = text.utf8.index(start, offsetBy: bytes.count)
    return Passage(
      text: String(text[start..<end]),
      marks: Self.marks(of: matches, in: tokens).compactMap { mark in
        let clipped = mark.clamped(to: bytes)
        return clipped.isEmpty ? nil : clipped.lowerBound - bytes.lowerBound..<clipped.upperBound - bytes.lowerBound
      },
      isCutBefore: bytes.lowerBound > ruler.visible.lowerBound,
      isCutAfter: bytes.upperBound < ruler.visible.upperBound)
  }

  /// The marks of a whole text, a headline say: offsets into its UTF-8, ascending, not overlapping.
  ///
  /// `tokens` must be those of the text, and every interval inside it.
  package static func marks(of intervals: [ClosedRange<Int>], in tokens: TokenBatch) -> [Range<Int>] {
    disjoint(intervals).map { Int(tokens.starts[$0.lowerBound])..<Int(tokens.ends[$0.upperBound]) }
  }

  /// The intervals in order, those that share a word made one.
  private static func disjoint(_ intervals: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
    var result: [ClosedRange<Int>] = []
    for interval in intervals.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, last.upperBound >= interval.lowerBound {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, interval.upperBound)
      } else {
        result.append(interval)
      }
    }
    return result
  }

  /// The words of the passage, or nil for a text without words.
  private func window(on matches: [ClosedRange<Int>], in tokens: TokenBatch, ruler: TextRuler) -> ClosedRange<Int>? {
    guard tokens.count > 0 else { return nil }
    var first = 0
    var last = 0
    if let run = bestRun(of: matches, in: tokens, ruler: ruler) {
      first = matches[run.lowerBound].lowerBound
      last = matches[run.upperBound].upperBound
      while last > first, ruler.length(first...last) > longest { last -= 1 }
      first = start(before: first, through: last, in: tokens, ruler: ruler)
    }
    while last + 1 < tokens.count, ruler.length(first...last + 1) <= longest { last += 1 }
    if last == tokens.count - 1 { first = earlierStart(than: first, in: tokens, ruler: ruler) }
    return first...last
  }

  /// The neighbouring matches that fit into a passage and hold the most different words, then the most matches.
  private func bestRun(of matches: [ClosedRange<Int>], in tokens: TokenBatch, ruler: TextRuler) -> ClosedRange<Int>? {
    let words = numbers(of: matches, in: tokens)
    var counts = [Int](repeating: 0, count: matches.count)
    var distinct = 0
    var best: (run: ClosedRange<Int>, distinct: Int)?
    var first = 0
    for last in matches.indices {
      counts[words[last]] += 1
      if counts[words[last]] == 1 { distinct += 1 }
      while first < last, ruler.length(matches[first].lowerBound...matches[last].upperBound) > longest {
        counts[words[first]] -= 1
        if counts[words[first]] == 0 { distinct -= 1 }
        first += 1
      }
      let run = first...last
      if best.map({ ($0.distinct, $0.run.count) < (distinct, run.count) }) ?? true { best = (run, distinct) }
    }
    return best?.run
  }

  /// A number for each match, equal where the matched words are.
  private func numbers(of matches: [ClosedRange<Int>], in tokens: TokenBatch) -> [Int] {
    var numbers: [[UInt8]: Int] = [:]
    return matches.map { match in
      var words: [UInt8] = []
      for token in match {
        let start = Int(tokens.termOffsets[token])
        words += tokens.termBytes[start..<start + Int(tokens.termLengths[token])]
        words.append(0)
      }
      let number = numbers[words] ?? numbers.count
      numbers[words] = number
      return number
    }
  }

  /// Where to start so that `first` to `last` are shown: at the sentence of `first`, or with some words before it.
  private func start(before first: Int, through last: Int, in tokens: TokenBatch, ruler: TextRuler) -> Int {
    var start = first
    while start >= 0, ruler.length(start...last) <= longest {
      if tokens.startsSentence(start) { return start }
      start -= 1
    }
    // Half of what the matches leave, so that what follows them is seen as well.
    let spare = (longest - ruler.length(first...last)) / 2
    start = first
    while start > 0, ruler.length(start - 1...last) <= longest,
      ruler.length(start - 1...first) - ruler.length(first...first) <= spare
    {
      start -= 1
    }
    return start
  }

  /// The earliest start of a sentence, or else the earliest word, from which the rest of the text fits.
  private func earlierStart(than first: Int, in tokens: TokenBatch, ruler: TextRuler) -> Int {
    var word = first
    var sentence = tokens.startsSentence(first) ? first : nil
    while word > 0, ruler.length(word - 1...tokens.count - 1) <= longest {
      word -= 1
      if tokens.startsSentence(word) { sentence = word }
    }
    return sentence ?? word
  }
}

extension TokenBatch {
  fileprivate func startsSentence(_ token: Int) -> Bool {
    TokenShape(rawValue: shapes[token]).contains(.startsSentence)
  }
}
