import IndexStorage

/// Memory that one search hands on to the next: a search of 30 µs would spend as much on getting it anew and clearing it.
///
/// Concurrency: may be used from many threads at once; what is taken belongs to the taker alone.
final class ScratchPool: Sendable {
  /// The pool of all searches of the process. It keeps at most a few of each kind, some hundred kilobytes in all.
  static let shared = ScratchPool()

  private static let capacity = 8

  private struct Kept {
    var candidates: [Candidates] = []
    var windowScores: [WindowScores] = []
    var dense: [DenseScratch] = []
    var phrases: [PhraseScratch] = []
  }

  private let kept = Guarded<Kept>(Kept())

  /// Empty candidates whose scores are wanted.
  func takeCandidates() -> Candidates { kept.withValue { $0.candidates.popLast() } ?? Candidates(wantsScores: true) }

  /// Scores of a window, all zero.
  func takeWindowScores() -> WindowScores { kept.withValue { $0.windowScores.popLast() } ?? WindowScores() }

  /// What dense words work on, whatever it holds.
  func takeDenseScratch() -> DenseScratch { kept.withValue { $0.dense.popLast() } ?? DenseScratch() }

  /// What a dense phrase works on, whatever it holds.
  func takePhraseScratch() -> PhraseScratch { kept.withValue { $0.phrases.popLast() } ?? PhraseScratch() }

  /// Gives back candidates, whatever they hold.
  func give(_ candidates: consuming Candidates) {
    var candidates = candidates
    candidates.removeAll()
    let empty = candidates
    kept.withValue { if $0.candidates.count < Self.capacity { $0.candidates.append(empty) } }
  }

  /// Gives back scores, which must all be zero.
  func give(_ scores: WindowScores) {
    kept.withValue { if $0.windowScores.count < Self.capacity { $0.windowScores.append(scores) } }
  }

  /// Gives back what dense words worked on.
  func give(_ scratch: DenseScratch) {
    kept.withValue { if $0.dense.count < Self.capacity { $0.dense.append(scratch) } }
  }

  /// Gives back what a dense phrase worked on.
  func give(_ scratch: PhraseScratch) {
    kept.withValue { if $0.phrases.count < Self.capacity { $0.phrases.append(scratch) } }
  }
}
