/// Which field of a JSON record or column of a table becomes which part of an article.
///
/// Without a word from the user the usual names are known (`headline` is a title, `text` a body), whatever their case. A name
/// given for a target replaces the usual names of that target; several names for one target are tried in order.
///
///     try FieldMapping("title=headline,body=text,date=pub_date")
package struct FieldMapping: Hashable, Sendable {
  /// A part of an article.
  package enum Target: String, CaseIterable, Hashable, Sendable {
    case id
    case title
    case body
    case date
    case url
    case source
    case section
    case author
    case language
  }

  /// One name that a target answers to.
  struct Name: Hashable, Sendable {
    var text: String
    var target: Target
    /// Whether the user gave it; such a name is compared letter by letter.
    var isGiven: Bool
  }

  /// The names the user gave, in order.
  package private(set) var given: [(target: Target, name: String)] = []

  /// The mapping of the usual names.
  package init() {}

  /// A mapping as a person types it: `target=name` pairs, separated by commas.
  package init(_ text: String) throws(ReadingError) {
    for pair in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[1].isEmpty else {
        throw .invalidMapping(text, reason: "`\(pair)` is not of the form target=name")
      }
      guard let target = Target(rawValue: String(sides[0])) else {
        let targets = Target.allCases.map(\.rawValue).joined(separator: ", ")
        throw .invalidMapping(text, reason: "`\(sides[0])` is none of the targets \(targets)")
      }
      given.append((target, String(sides[1])))
    }
  }

  /// Every name that is listened to. Of several names of one target the earlier one wins.
  var names: [Name] {
    var names = given.map { Name(text: $0.name, target: $0.target, isGiven: true) }
    let givenTargets = Set(given.map(\.target))
    let givenNames = Set(given.map(\.name))
    for target in Target.allCases where !givenTargets.contains(target) {
      for name in target.usualNames where !givenNames.contains(name) {
        names.append(Name(text: name, target: target, isGiven: false))
      }
    }
    return names
  }

  /// Equal when the same names were given in the same order.
  package static func == (left: FieldMapping, right: FieldMapping) -> Bool {
    left.given.elementsEqual(right.given) { $0 == $1 }
  }

  /// Hashes the names given.
  package func hash(into hasher: inout Hasher) {
    for (target, name) in given {
      hasher.combine(target)
      hasher.combine(name)
    }
  }
}

extension FieldMapping.Target {
  /// The names known without being told, best first, in lower case with `_` between words.
  var usualNames: [String] {
    switch self {
    case .id: ["id", "_id", "article_id", "doc_id", "docid", "docno", "guid", "uuid"]
    case .title: ["title", "headline", "head"]
    case .body:
      [
        "body", "text", "content", "article", "article_text", "full_text", "fulltext", "maintext", "description", "abstract",
        "summary",
        "short_description",
      ]
    case .date:
      [
        "date", "pub_date", "pubdate", "published", "published_at", "publishedat", "date_published", "date_publish",
        "publication_date", "published_date", "publish_date", "timestamp", "datetime", "created_at", "year",
      ]
    case .url: ["url", "link", "web_url", "uri"]
    case .source: ["source", "publication", "publisher", "newspaper", "paper", "agency", "outlet"]
    case .section: ["section", "section_name", "category", "desk", "news_desk", "topic"]
    case .author: ["author", "authors", "byline", "by", "creator"]
    case .language: ["language", "lang"]
    }
  }
}
