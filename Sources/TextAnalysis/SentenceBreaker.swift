/// Finds sentence borders by the rules of UAX #29, Unicode 15.0, section 5.1, in one pass and without looking ahead.
///
/// Rule SB8 (a full stop before a lower-case word ends nothing) needs text of any length after the place in question. There the
/// breaker answers ``Border/undecidedHere`` and settles the place later; no second place is in question meanwhile.
///
///     "Mr. Smith"     here before "S"
///     "etc. 20 men"   undecidedHere before "2", then deniedEarlier at "m"
struct SentenceBreaker {
  /// What the scalar just read says about borders.
  enum Border {
    case none
    /// A sentence starts at this scalar.
    case here
    /// Whether a sentence starts at this scalar depends on what follows.
    case undecidedHere
    /// A sentence did start at the undecided place.
    case confirmedEarlier
    /// No sentence started at the undecided place.
    case deniedEarlier
  }

  /// What the text read so far ends in.
  enum State: UInt8 {
    case other
    case casedLetter
    case ambiguousTerminator
    case ambiguousTerminatorAfterCasedLetter
    case ambiguousTerminatorClose
    case ambiguousTerminatorSpace
    case terminator
    case terminatorSpace
    case undecided
    case carriageReturn
    case separator
  }

  private(set) var state = State.other

  /// Whether the text read so far ends in nothing that could end a sentence.
  var isQuiet: Bool { state.rawValue <= State.casedLetter.rawValue }

  /// Reads ASCII letters, digits and what joins them, in a quiet state: only the last of them leaves a trace.
  mutating func skipQuietWord(endingInLetter: Bool) { state = endingInLetter ? .casedLetter : .other }

  /// Forgets what came before.
  mutating func restart() { state = .other }

  /// Reads the next scalar.
  mutating func read(_ kind: SentenceBreakClass) -> Border {
    if kind == .extend || kind == .format {  // SB5, which a separator is exempt from
      guard state == .carriageReturn || state == .separator else { return .none }
      state = .other
      return .here
    }
    switch state {
    case .other:
      state = kind.stateAlone
      return .none
    case .casedLetter:
      state = kind == .ambiguousTerminator ? .ambiguousTerminatorAfterCasedLetter : kind.stateAlone
      return .none
    case .carriageReturn, .separator:  // SB3, SB4
      let isPair = state == .carriageReturn && kind == .lineFeed
      state = kind.stateAlone
      return isPair ? .none : .here
    case .undecided: return readUndecided(kind)
    case .terminator, .terminatorSpace: return readAfterTerminator(kind)
    default: return readAfterAmbiguousTerminator(kind)
    }
  }

  /// SB8, its second half.
  private mutating func readUndecided(_ kind: SentenceBreakClass) -> Border {
    switch kind {
    case .lower:
      state = .casedLetter
      return .deniedEarlier
    case .upper, .otherLetter, .carriageReturn, .lineFeed, .separator, .ambiguousTerminator, .terminator:
      state = kind.stateAlone
      return .confirmedEarlier
    default:
      return .none
    }
  }

  /// SB8a, SB9, SB10, SB11 after a question mark and the like.
  private mutating func readAfterTerminator(_ kind: SentenceBreakClass) -> Border {
    switch kind {
    case .close where state == .terminator: return .none
    case .space: state = .terminatorSpace
    case .carriageReturn, .lineFeed, .separator, .sentenceContinue, .ambiguousTerminator, .terminator: state = kind.stateAlone
    default:
      state = kind.stateAlone
      return .here
    }
    return .none
  }

  /// SB6 to SB11 after a full stop.
  private mutating func readAfterAmbiguousTerminator(_ kind: SentenceBreakClass) -> Border {
    let isDirect = state == .ambiguousTerminator || state == .ambiguousTerminatorAfterCasedLetter
    switch kind {
    case .numeric where isDirect: state = .other
    case .upper where state == .ambiguousTerminatorAfterCasedLetter: state = .casedLetter
    case .close where state != .ambiguousTerminatorSpace: state = .ambiguousTerminatorClose
    case .space: state = .ambiguousTerminatorSpace
    case .carriageReturn, .lineFeed, .separator, .sentenceContinue, .ambiguousTerminator, .terminator, .lower:
      state = kind.stateAlone
    case .upper, .otherLetter:
      state = kind.stateAlone
      return .here
    default:
      state = .undecided
      return .undecidedHere
    }
    return .none
  }
}

extension SentenceBreakClass {
  /// The state after this class where nothing before it matters.
  fileprivate var stateAlone: SentenceBreaker.State {
    switch self {
    case .upper, .lower: .casedLetter
    case .ambiguousTerminator: .ambiguousTerminator
    case .terminator: .terminator
    case .carriageReturn: .carriageReturn
    case .lineFeed, .separator: .separator
    default: .other
    }
  }
}
