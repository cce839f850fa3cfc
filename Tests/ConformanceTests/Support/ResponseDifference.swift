import SearchAPI

/// What distinguishes two responses, or nil. Scores may differ in the last digits.
func difference(_ found: SearchResponse, _ expected: SearchResponse, comparesScores: Bool = true) -> String? {
  if found.matchCount != expected.matchCount {
    return "counts \(String(describing: found.matchCount)), not \(String(describing: expected.matchCount))"
  }
  if found.hits.count != expected.hits.count { return "\(found.hits.count) hits, not \(expected.hits.count)" }
  for (place, (mine, theirs)) in zip(found.hits, expected.hits).enumerated() {
    if Array(mine.id.utf8) != Array(theirs.id.utf8) {
      return "hit \(place) is \(mine.id) with \(mine.score), not \(theirs.id) with \(theirs.score)"
    }
    if comparesScores, abs(mine.score - theirs.score) > 1e-5 * theirs.score {
      return "hit \(place) scores \(mine.score), not \(theirs.score)"
    }
    var rescored = mine
    rescored.score = theirs.score
    if rescored != theirs { return "hit \(place) says \(mine), not \(theirs)" }
  }
  return nil
}
