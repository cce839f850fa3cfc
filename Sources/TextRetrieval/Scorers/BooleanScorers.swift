import IndexStorage

/// The documents that every part matches; adds up the parts.
final class ConjunctionScorer: Scorer {
  private let parts: [any Scorer]
  private var matched = WindowBits()

  init(_ parts: [any Scorer]) {
    self.parts = parts.sorted { $0.cost < $1.cost }
    cost = self.parts.first?.cost ?? .max
  }

  let cost: Int

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 {
    var candidate = target
    while true {
      let start = candidate
      for part in parts {
        candidate = max(candidate, try part.nextCandidate(from: candidate))
        if candidate == .max { return .max }
      }
      if candidate == start { return candidate }
    }
  }

  func filter(_ window: DocumentWindow, _ bits: inout WindowBits) throws(StorageError) {
    for part in parts {
      if bits.isEmpty { break }
      try part.filter(window, &bits)
    }
    matched = bits
  }

  func score(_ window: DocumentWindow, _ documents: borrowing WindowBits, into scores: inout [Double]) throws(StorageError) {
    var scored = matched
    scored.formIntersection(documents)
    if scored.isEmpty { return }
    for part in parts { try part.score(window, scored, into: &scores) }
  }
}

/// The documents that at least one part matches; adds up the parts that do.
final class DisjunctionScorer: Scorer {
  private let parts: [any Scorer]

  init(_ parts: [any Scorer]) {
    self.parts = parts
    // Bounded, because the cost of a complement is the greatest number.
    cost = parts.reduce(0) { min($0, .max / 2) + min($1.cost, .max / 2) }
  }

  let cost: Int

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 {
    var candidate = UInt32.max
    for part in parts {
      candidate = min(candidate, try part.nextCandidate(from: target))
      if candidate == target { break }
    }
    return candidate
  }

  func filter(_ window: DocumentWindow, _ bits: inout WindowBits) throws(StorageError) {
    var union = WindowBits()
    for part in parts {
      var matched = bits
      try part.filter(window, &matched)
      union.formUnion(matched)
    }
    bits = union
  }

  func score(_ window: DocumentWindow, _ documents: borrowing WindowBits, into scores: inout [Double]) throws(StorageError) {
    for part in parts { try part.score(window, documents, into: &scores) }
  }
}

/// The documents that the first part matches; the optional parts only add to the score.
final class RequiredScorer: Scorer {
  private let required: any Scorer
  private let optional: [any Scorer]
  private var matched = WindowBits()

  init(_ required: any Scorer, optional: [any Scorer]) {
    self.required = required
    self.optional = optional
    cost = required.cost
  }

  let cost: Int

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try required.nextCandidate(from: target) }

  func filter(_ window: DocumentWindow, _ bits: inout WindowBits) throws(StorageError) {
    try required.filter(window, &bits)
    matched = bits
    // The optional parts note what they match, for their scores.
    for part in optional {
      var matched = bits
      try part.filter(window, &matched)
    }
  }

  func score(_ window: DocumentWindow, _ documents: borrowing WindowBits, into scores: inout [Double]) throws(StorageError) {
    var scored = matched
    scored.formIntersection(documents)
    if scored.isEmpty { return }
    try required.score(window, scored, into: &scores)
    for part in optional { try part.score(window, scored, into: &scores) }
  }
}

/// The documents that a part does not match; adds nothing.
final class ComplementScorer: Scorer {
  private let part: any Scorer

  init(_ part: any Scorer) { self.part = part }

  var cost: Int { .max }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { target }

  func filter(_ window: DocumentWindow, _ bits: inout WindowBits) throws(StorageError) {
    var matched = bits
    try part.filter(window, &matched)
    bits.subtract(matched)
  }

  func score(_ window: DocumentWindow, _ documents: borrowing WindowBits, into scores: inout [Double]) {}
}

/// All documents; adds nothing.
final class EverythingScorer: Scorer {
  var cost: Int { .max }

  func nextCandidate(from target: UInt32) -> UInt32 { target }
  func filter(_ window: DocumentWindow, _ bits: inout WindowBits) {}
  func score(_ window: DocumentWindow, _ documents: borrowing WindowBits, into scores: inout [Double]) {}
}

/// No document.
final class NothingScorer: Scorer {
  var cost: Int { 0 }

  func nextCandidate(from target: UInt32) -> UInt32 { .max }
  func filter(_ window: DocumentWindow, _ bits: inout WindowBits) { bits = WindowBits() }
  func score(_ window: DocumentWindow, _ documents: borrowing WindowBits, into scores: inout [Double]) {}
}
