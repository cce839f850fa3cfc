import QueryLanguage
import SearchAPI

/// A hit as `lede search --json` prints it.
///
/// Marks are pairs `[start, end]` counted in Unicode code points, as Python and jq count them; `end` is not included.
struct HitRecord: Encodable {
  let v = JSONOutput.version
  let rank: Int
  let id: String
  let score: Double
  let title: String
  let titleMarks: [[Int]]
  let date: String?
  let source: String?
  let section: String?
  let author: String?
  let language: String?
  let url: String?
  let passage: PassageRecord?

  /// The record of a hit at a rank, counted from 1.
  init(_ hit: SearchHit, rank: Int) {
    self.rank = rank
    id = hit.id
    score = hit.score
    title = hit.title.text
    titleMarks = hit.title.codePointMarks
    date = hit.date?.description
    source = hit.keywords[.source]
    section = hit.keywords[.section]
    author = hit.keywords[.author]
    language = hit.keywords[.language]
    url = hit.url
    passage = hit.passage.map(PassageRecord.init)
  }
}

/// A passage inside a ``HitRecord``.
struct PassageRecord: Encodable {
  let text: String
  let marks: [[Int]]
  let cutBefore: Bool
  let cutAfter: Bool

  /// The record of marked text.
  init(_ passage: MarkedText) {
    text = passage.text
    marks = passage.codePointMarks
    cutBefore = passage.isCutBefore
    cutAfter = passage.isCutAfter
  }
}

/// An article as `lede show --json` prints it.
struct ArticleRecord: Encodable {
  let v = JSONOutput.version
  let id: String
  let title: String
  let body: String
  let date: String?
  let source: String?
  let section: String?
  let author: String?
  let language: String?
  let url: String?
  let origin: String

  /// The record of an article.
  init(_ article: Article) {
    id = article.id
    title = article.title
    body = article.body
    date = article.date?.description
    source = article.keywords[.source]
    section = article.keywords[.section]
    author = article.keywords[.author]
    language = article.keywords[.language]
    url = article.url
    origin = article.origin
  }
}

/// The number of matching articles as `lede search -c --json` prints it.
struct CountRecord: Encodable {
  let v = JSONOutput.version
  let count: Int
}

extension MarkedText {
  /// The marks in Unicode code points instead of UTF-8 bytes.
  ///
  /// Complexity: O(length of the text).
  fileprivate var codePointMarks: [[Int]] {
    var pairs: [[Int]] = []
    let bytes = text.utf8
    var index = bytes.startIndex
    var offset = 0
    var codePoints = 0
    func codePointOffset(_ target: Int) -> Int {
      while offset < target, index < bytes.endIndex {
        // A byte that continues no code point starts one.
        if bytes[index] & 0xC0 != 0x80 { codePoints += 1 }
        index = bytes.index(after: index)
        offset += 1
      }
      return codePoints
    }
    for mark in marks { pairs.append([codePointOffset(mark.lowerBound), codePointOffset(mark.upperBound)]) }
    return pairs
  }
}
