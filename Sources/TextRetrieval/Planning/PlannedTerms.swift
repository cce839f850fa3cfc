import IndexStorage
import InvertedIndex
import QueryLanguage

/// The words of a query, each looked up once: its entry in each segment, and its idf in the snapshot.
struct PlannedTerms {
  /// What is known of one word.
  struct Term {
    let idf: Double
    /// By segment; nil where the word is not in it.
    let entries: [TermEntry?]
  }

  /// By the bytes of the word: two spellings that Swift's `==` calls equal are two words.
  private struct Key: Hashable {
    let text: String

    static func == (left: Key, right: Key) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
      for byte in text.utf8 { hasher.combine(byte) }
    }
  }

  private var terms: [Key: Term] = [:]

  /// Looks up a word unless it was before, and returns what is known of it.
  mutating func add(_ text: String, in snapshot: IndexSnapshot, documentCount total: Int) throws(StorageError) -> Term {
    let key = Key(text: text)
    if let term = terms[key] { return term }
    var entries: [TermEntry?] = []
    var documentCount = 0
    for segment in snapshot.segments {
      let entry = try segment.terms.find(text)
      documentCount += entry?.documentCount ?? 0
      entries.append(entry)
    }
    let term = Term(idf: Scoring.inverseDocumentFrequency(documentCount: documentCount, of: total), entries: entries)
    terms[key] = term
    return term
  }

  /// What is known of a word that was added.
  subscript(text: String) -> Term? { terms[Key(text: text)] }
}
