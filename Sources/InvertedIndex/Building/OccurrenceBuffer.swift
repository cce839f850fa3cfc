import BitKernels

/// The words of the articles gathered so far: the terms, and the term at each position of each article.
///
/// One struct, so that adding a field is one access to it: with the parts as properties of a class, the run-time's exclusivity
/// checks took 15 % of building.
///
/// Positions by term are found only when all articles are there, by ``OccurrenceInverter``. Until then an occurrence takes two
/// bytes at the end of one row, where a list for each term would touch memory that no cache holds for every word of every article.
struct OccurrenceBuffer: ~Copyable {
  private(set) var terms = TermTable()
  /// The words of one article after the other, see `WordRows.swift`: the number of each term plus 1, and 0 at the position between
  /// two fields.
  private var words: PlainBuffer<UInt16>
  /// Where the words of each article end.
  private var ends = PlainBuffer<Int>()
  /// Whether the article at hand has a field.
  private var hasField = false
  /// The words of the field at hand.
  private var fieldWords = PlainBuffer<UInt32>()

  /// A buffer for words that take about so many bytes. More still fit, at the price of a copy; memory is claimed only as it is used.
  init(byteCount: Int) { words = PlainBuffer(capacity: byteCount / MemoryLayout<UInt16>.stride) }

  /// The memory taken so far, without the unused part of what was planned.
  var byteCount: Int {
    words.count * MemoryLayout<UInt16>.stride + ends.count * MemoryLayout<Int>.stride + terms.byteCount
  }

  /// Whether another article of so many words fits into the planned memory, at two units a word and one between fields.
  func hasRoom(forWords count: Int) -> Bool { words.capacity - words.count >= 2 * (count + 8) }

  /// Adds the words of the article's next field; token i is `lengths[i]` bytes of `termBytes` from `offsets[i]`.
  mutating func add(termBytes: Span<UInt8>, offsets: Span<UInt32>, lengths: Span<UInt8>) {
    if hasField { words.append(0) }
    hasField = true
    terms.words(of: termBytes, offsets: offsets, lengths: lengths, into: &fieldWords)
    Self.append(fieldWords, to: &words)
  }

  /// Apart, because a span of one part excludes changes of another.
  private static func append(_ fieldWords: borrowing PlainBuffer<UInt32>, to words: inout PlainBuffer<UInt16>) {
    appendWords(fieldWords.span, to: &words)
  }

  /// Ends the article.
  mutating func endDocument() {
    ends.append(words.count)
    hasField = false
  }

  /// The words of an article, by arrival.
  @_lifetime(borrow self)
  func row(_ arrival: Int) -> Span<UInt16> {
    words.span.extracting((arrival == 0 ? 0 : ends[arrival - 1])..<ends[arrival])
  }
}
