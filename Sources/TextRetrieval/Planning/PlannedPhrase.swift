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
  private let words: [Word]
  /// How the phrase is found, by segment.
  let methods: [Method]

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
    var methods: [Method] = []
    methods.reserveCapacity(snapshot.segments.count)
    for (index, segment) in snapshot.segments.enumerated() {
      methods.append(try PlannedPhrase.method(words, wordAtPlace, inSegment: index, segment))
    }
    self.words = words
    self.methods = methods
  }

  /// The sum of the idf of the word at each place, place by place.
  var weight: Double {
    var weight = 0.0
    for place in 0..<UInt32(words.reduce(0) { $0 + $1.places.count }) {
      for word in words where word.places.contains(place) { weight += word.term.idf }
    }
    return weight
  }

  /// A list that says something of the phrase.
  struct List {
    let entry: TermEntry
    /// Where the word stands in the phrase, from 0; none for a pair, which has no positions.
    let places: [UInt32]

    var isPair: Bool { places.isEmpty }
  }

  /// The lists by which a phrase is found in a segment.
  struct Lists {
    /// Those that every document of the phrase is in, at least as often; fewest documents first.
    var conditions: [List] = []
    /// Words that need not be looked for, because a pair tells of them.
    var others: [List] = []
  }

  /// How the phrase is found in a segment.
  enum Method {
    /// It is not there.
    case none
    /// As a word: a list holds all its documents and how often it is in each.
    case pair(TermEntry)
    /// By the positions of its words.
    case positions(Lists)
  }

  /// How the phrase is found in a segment.
  private static func method(
    _ words: [Word], _ wordAtPlace: [Int], inSegment index: Int, _ segment: SegmentReader
  ) throws(StorageError) -> Method {
    if words.contains(where: { $0.term.entries[index] == nil }) { return .none }
    var pairs: [(place: UInt32, entry: TermEntry)] = []
    for place in wordAtPlace.indices.dropLast() {
      let (first, second) = (words[wordAtPlace[place]], words[wordAtPlace[place + 1]])
      guard let firstEntry = first.term.entries[index], let secondEntry = second.term.entries[index] else { return .none }
      switch try segment.pairs.find(first.text, second.text, entries: (firstEntry, secondEntry)) {
      case .nothing: continue
      case .absent: return .none
      case .present(let entry): pairs.append((UInt32(place), entry))
      }
    }
    if wordAtPlace.count == 2, pairs.count == 1 { return .pair(pairs[0].entry) }
    var lists = Lists()
    for (number, pair) in pairs.enumerated() where !pairs[..<number].contains(where: { $0.entry == pair.entry }) {
      lists.conditions.append(List(entry: pair.entry, places: []))
    }
    for word in words {
      guard let entry = word.term.entries[index] else { return .none }
      // A document that has a pair has its words.
      let isInPair = pairs.contains { word.places.contains($0.place) || word.places.contains($0.place + 1) }
      let list = List(entry: entry, places: word.places)
      if isInPair { lists.others.append(list) } else { lists.conditions.append(list) }
    }
    lists.conditions.sort { $0.entry.documentCount < $1.entry.documentCount }
    return .positions(lists)
  }

  /// Whether positions must be read in any segment.
  var needsPositions: Bool { methods.contains { if case .positions = $0 { true } else { false } } }
}
