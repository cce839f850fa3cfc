import QueryLanguage
import SearchAPI
import TextAnalysis

/// The oracle's articles and the numbers of their words.
struct ReferenceArchive: Sendable {
  private var articlesByID: [[UInt8]: ReferenceArticle] = [:]
  /// Words by their bytes: two spellings that Swift's `==` calls equal are two words here, as in every index. A word stays when
  /// its last article goes.
  private(set) var vocabulary: [[UInt8]: Int] = [:]

  /// By word number, the number of articles that hold the word.
  private(set) var documentFrequencies: [Int] = []

  /// All articles, in no order.
  var articles: some Collection<ReferenceArticle> & Sendable { articlesByID.values }

  func article(id: String) -> ReferenceArticle? { articlesByID[Array(id.utf8)] }

  /// Adds an article; one with its id must not be there.
  mutating func add(_ article: Article) {
    let words = Dictionary(
      uniqueKeysWithValues: TextField.allCases.map { field in
        (field, Analyzer().terms(in: article[field]).map { number(of: $0) })
      })
    let new = ReferenceArticle(article, words: words)
    for word in new.allWords { documentFrequencies[word] += 1 }
    articlesByID[Array(article.id.utf8)] = new
  }

  /// Takes an article out; false where none has this id.
  mutating func remove(id: String) -> Bool {
    guard let removed = articlesByID.removeValue(forKey: Array(id.utf8)) else { return false }
    for word in removed.allWords { documentFrequencies[word] -= 1 }
    return true
  }

  private mutating func number(of word: String) -> Int {
    let bytes = Array(word.utf8)
    if let number = vocabulary[bytes] { return number }
    vocabulary[bytes] = vocabulary.count
    documentFrequencies.append(0)
    return vocabulary.count - 1
  }
}

/// An article, the numbers of its words and its keywords in their compared form.
struct ReferenceArticle: Sendable {
  let article: Article
  let keywords: [KeywordField: [UInt8]]
  private let wordsByField: [TextField: [Int]]
  /// The numbers of its words, each once.
  let allWords: Set<Int>

  init(_ article: Article, words: [TextField: [Int]]) {
    self.article = article
    keywords = article.keywords.mapValues { Array(Analyzer().keyword($0).utf8) }
    wordsByField = words
    allWords = Set(words.values.joined())
  }

  func words(in field: TextField) -> [Int] { wordsByField[field] ?? [] }

  /// The number of times words stand side by side in a field; overlapping occurrences count.
  func count(of words: [Int], in field: TextField) -> Int {
    guard !words.isEmpty, words.allSatisfy(allWords.contains) else { return 0 }
    let text = self.words(in: field)
    guard words.count <= text.count else { return 0 }
    return (0...text.count - words.count).count { start in
      words.indices.allSatisfy { text[start + $0] == words[$0] }
    }
  }

  /// The weighted number of words.
  func length(_ parameters: BM25Parameters) -> Double {
    TextField.allCases.reduce(0) { $0 + parameters.weight(of: $1) * Double(words(in: $1).count) }
  }

  /// Whether another article says the same. Where it was read from is no part of what it says.
  func hasContent(of other: Article) -> Bool {
    func content(_ article: Article) -> [[UInt8]?] {
      [
        Array(article.title.utf8), Array(article.body.utf8), article.date.map { Array($0.description.utf8) },
        article.url.map { Array($0.utf8) },
      ]
        + KeywordField.allCases.map { field in article.keywords[field].map { Array($0.utf8) } }
    }
    return content(article) == content(other)
  }

  /// The order in time, undated articles last, then by the bytes of the id.
  func comes(before other: ReferenceArticle, oldestFirst: Bool) -> Bool {
    let (mine, theirs) = (article.date?.sortKey, other.article.date?.sortKey)
    if mine != theirs {
      guard let mine else { return false }
      guard let theirs else { return true }
      return oldestFirst ? mine < theirs : mine > theirs
    }
    return article.id.utf8.lexicographicallyPrecedes(other.article.id.utf8)
  }
}
