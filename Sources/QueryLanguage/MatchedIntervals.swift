extension Query {
  /// Where an article's text matches: the word positions, by field, of the occurrences that made this query match it, and
  /// nothing else.
  ///
  /// `words` holds the analyzed words of each field in order. The intervals of a field ascend by first and then last position,
  /// each once; a field without any is absent. A word is an interval of one, a phrase the interval of its words. Parts of the
  /// query that did not match, or that stand under `not`, give none; neither do filters.
  ///
  /// A keyword or date condition cannot be judged from words: it counts as agreeing with whatever lets the article match, also
  /// under `not`. Where an `or` has such conditions among its parts, answer them first with
  /// ``answeringFilters(keywords:date:)``.
  ///
  ///     (a AND b) OR c   in   [c, a, x, a]   → [0...0]: `a AND b` did not match
  ///
  /// Complexity: O(words · leaves of the query).
  package func matchedIntervals(in words: [TextField: [String]]) -> [TextField: [ClosedRange<Int>]] {
    var intervals: [TextField: [ClosedRange<Int>]] = [:]
    for occurrence in occurrences(in: words).places { intervals[occurrence.field, default: []].append(occurrence.positions) }
    return intervals.mapValues { found in
      var kept: [ClosedRange<Int>] = []
      for interval in found.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) })
      where interval != kept.last {
        kept.append(interval)
      }
      return kept
    }
  }

  /// One place where a word or phrase stands.
  private struct Occurrence {
    var field: TextField
    var positions: ClosedRange<Int>
  }

  /// Whether the query may match and whether it must, which differ by what filters say; and where, if it may.
  private struct Verdict {
    var mayMatch: Bool
    var mustMatch: Bool
    var places: [Occurrence] = []
  }

  private func occurrences(in words: [TextField: [String]]) -> Verdict {
    switch self {
    case .everything: return Verdict(mayMatch: true, mustMatch: true)
    case .nothing: return Verdict(mayMatch: false, mustMatch: false)
    case .keyword, .date: return Verdict(mayMatch: true, mustMatch: false)
    case .term(let term): return Query.occurrences(of: [term.text], in: term.field, words)
    case .phrase(let phrase): return Query.occurrences(of: phrase.terms, in: phrase.field, words)
    case .and(let parts):
      let verdicts = parts.map { $0.occurrences(in: words) }
      let mayMatch = verdicts.allSatisfy(\.mayMatch)
      return Verdict(
        mayMatch: mayMatch, mustMatch: verdicts.allSatisfy(\.mustMatch), places: mayMatch ? verdicts.flatMap(\.places) : [])
    case .or(let parts):
      let verdicts = parts.map { $0.occurrences(in: words) }
      return Verdict(
        mayMatch: verdicts.contains(where: \.mayMatch), mustMatch: verdicts.contains(where: \.mustMatch),
        places: verdicts.flatMap(\.places))
    case .not(let part):
      let verdict = part.occurrences(in: words)
      return Verdict(mayMatch: !verdict.mustMatch, mustMatch: !verdict.mayMatch)
    case .required(let part, let optional):
      var verdict = part.occurrences(in: words)
      if verdict.mayMatch { verdict.places += optional.flatMap { $0.occurrences(in: words).places } }
      return verdict
    case .boosted(let part, _): return part.occurrences(in: words)
    }
  }

  private static func occurrences(of terms: [String], in field: TextField?, _ words: [TextField: [String]]) -> Verdict {
    var places: [Occurrence] = []
    for (name, words) in words where field == nil || name == field {
      guard !terms.isEmpty, words.count >= terms.count else { continue }
      for first in 0...words.count - terms.count where words[first] == terms[0] {
        guard words[first..<first + terms.count].elementsEqual(terms) else { continue }
        places.append(Occurrence(field: name, positions: first...first + terms.count - 1))
      }
    }
    return Verdict(mayMatch: !places.isEmpty, mustMatch: !places.isEmpty, places: places)
  }
}
