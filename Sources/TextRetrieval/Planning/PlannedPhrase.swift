import IndexStorage
import InvertedIndex

/// What is known of the words of a phrase, and of its pairs of frequent words.
struct PlannedPhrase {
  /// A word of the phrase.
  struct Word {
    let text: String
    let term: PlannedTerm
    /// Where it stands in the phrase, from 0.
    var places: [UInt32]
  }

  /// The different words, in the order of their first places.
  let words: [Word]
  /// By segment, then by the place of the first word of each two neighbours.
  private let pairs: [[PairsReader.Knowledge]]

  /// Looks the words of a phrase up; it must have one.
  init(_ terms: [String], in snapshot: IndexSnapshot, documentCount: Int) throws(StorageError) {
    var words: [Word] = []
    var wordAtPlace: [Int] = []
    for (place, text) in terms.enumerated() {
      // By their bytes: two spellings that Swift's `==` calls equal are two words.
      if let known = words.firstIndex(where: { $0.text.utf8.elementsEqual(text.utf8) }) {
        words[known].places.append(UInt32(place))
        wordAtPlace.append(known)
      } else {
        wordAtPlace.append(words.count)
        words.append(
          Word(text: text, term: try PlannedTerm(text, in: snapshot, documentCount: documentCount), places: [UInt32(place)]))
      }
    }
    var pairs: [[PairsReader.Knowledge]] = []
    for (index, segment) in snapshot.segments.enumerated() {
      var inSegment: [PairsReader.Knowledge] = []
      for (first, second) in zip(wordAtPlace, wordAtPlace.dropFirst()) {
        guard let firstEntry = words[first].term.entries[index], let secondEntry = words[second].term.entries[index] else {
          inSegment.append(.absent)
          continue
        }
        inSegment.append(
          try segment.pairs.find(words[first].text, words[second].text, entries: (firstEntry, secondEntry)))
      }
      pairs.append(inSegment)
    }
    self.words = words
    self.pairs = pairs
  }

  /// The sum of the idf of the word at each place, place by place.
  var weight: Double {
    var weight = 0.0
    for place in 0..<UInt32(words.reduce(0) { $0 + $1.places.count }) {
      for word in words where word.places.contains(place) { weight += word.term.idf }
    }
    return weight
  }

  /// How the phrase is found in a segment.
  enum Method {
    /// It is not there.
    case none
    /// As a word: a list holds all its documents and how often it is in each.
    case pair(TermEntry)
    /// By the positions of its words, in documents that have these pairs.
    case positions(pairs: [(place: UInt32, entry: TermEntry)])
  }

  /// How the phrase is found in a segment.
  func method(inSegment index: Int) -> Method {
    if words.contains(where: { $0.term.entries[index] == nil }) { return .none }
    var present: [(place: UInt32, entry: TermEntry)] = []
    for (place, knowledge) in pairs[index].enumerated() {
      switch knowledge {
      case .nothing: continue
      case .absent: return .none
      case .present(let entry): present.append((UInt32(place), entry))
      }
    }
    return pairs[index].count == 1 && present.count == 1 ? .pair(present[0].entry) : .positions(pairs: present)
  }

  /// Whether positions must be read in any segment.
  var needsPositions: Bool {
    pairs.indices.contains { if case .positions = method(inSegment: $0) { true } else { false } }
  }
}
