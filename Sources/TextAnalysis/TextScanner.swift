/// Reads a text from border to border and writes its tokens.
///
/// Two paths give the same tokens. ASCII words are read by a byte table and single separators passed over; every other segment
/// is found by ``WordBreaker`` and folded by ``TermFolder``. They can take turns at any word border, because no word rule looks
/// back across one and ``BorderTracker`` is shared.
struct TextScanner {
  /// Where the next segment starts.
  private(set) var position = 0
  private var borders = BorderTracker()
  private var folder = TermFolder()
  private let breaker = WordBreaker()
  private let byteClasses = ByteClass.table
  private let usesFastPath: Bool

  /// - Parameter usesFastPath: false makes every segment take the path of scalars, which tests compare with.
  init(usesFastPath: Bool = true) { self.usesFastPath = usesFastPath }

  /// Reads until the text ends or the room is full.
  @_lifetime(room: copy room)
  mutating func scan(_ text: Span<UInt8>, into room: inout TokenRoom) {
    while position < text.count, room.holdsAnother {
      let byte = text[position]
      let kind = byteClasses[Int(byte)]
      let isScanned =
        if !usesFastPath {
          false
        } else if kind & ByteClass.word.rawValue != 0 {
          scanPlainWords(text, into: &room) || scanASCIIWord(text, into: &room)
        } else if kind & ByteClass.nonASCII.rawValue == 0 {
          skipASCIISeparator(byte, text, in: &room)
        } else {
          skipSeparator(text, in: &room)
        }
      if !isScanned { scanSegment(text, into: &room) }
    }
  }

  /// Settles what only the end of the text settles.
  @_lifetime(room: copy room)
  mutating func finish(_ room: inout TokenRoom) {
    confirm(borders.finish(), in: &room)
  }

  /// Reads an ASCII byte that is no part of a token and a segment of its own. Otherwise returns false and moves nothing.
  @inline(__always)
  @_lifetime(room: copy room)
  private mutating func skipASCIISeparator(_ byte: UInt8, _ text: Span<UInt8>, in room: inout TokenRoom) -> Bool {
    let next = position &+ 1
    if next < text.count, text[next] >= 0x80, breaker.isIgnored(text, at: next) { return false }
    if byte == 0x20, borders.isQuietInsideLine {
      borders.skipQuietSpace()
    } else {
      confirm(borders.read(UInt32(byte), ByteClass.sentenceBreak(of: byte)), in: &room)
    }
    position = next
    return true
  }

  /// Reads a scalar that is no part of a token and a segment of its own, a curly quotation mark say. Otherwise returns false
  /// and moves nothing.
  @inline(never)
  @_lifetime(room: copy room)
  private mutating func skipSeparator(_ text: Span<UInt8>, in room: inout TokenRoom) -> Bool {
    let scalar = decodeScalar(text, at: position)
    let properties = UnicodeTables.shared.properties(of: scalar.value)
    guard properties.wordBreak == .other, !properties.makesWord, !properties.isEmoji else { return false }
    let next = position + scalar.length
    if next < text.count, text[next] >= 0x80, breaker.isIgnored(text, at: next) { return false }
    confirm(borders.read(scalar.value, properties.sentenceBreak), in: &room)
    position = next
    return true
  }

  /// Reads ASCII words that have one space and another ASCII byte after them, inside a line and after nothing that could end a
  /// sentence: such a word and its space leave no trace in the borders. Returns false and moves nothing where there is none.
  @inline(__always)
  @_lifetime(room: copy room)
  private mutating func scanPlainWords(_ text: Span<UInt8>, into room: inout TokenRoom) -> Bool {
    guard borders.isQuietInsideLine else { return false }
    var start = position
    while room.holdsAnother {
      var end = start
      var word = ASCIIWord()
      word.scan(
        text, from: &end, to: min(text.count, start &+ TermFolder.longestTerm), into: &room.termBytes,
        at: room.termByteCount &- start)
      guard word.isToken, end &+ 1 < text.count, text[end] == 0x20, text[end &+ 1] < 0x80 else { break }
      let first = ByteClass(rawValue: byteClasses[Int(text[start])])
      room.shapes[room.count] =
        borders.startToken(room.count) | Self.letterCase(of: word, startingWith: first, text, from: start, to: end)
      room.endToken(from: start, to: end, termLength: end &- start)
      start = end &+ 1
    }
    guard start > position else { return false }
    borders.skipQuietSpace()
    position = start
    return true
  }

  /// Reads a token of at most 255 ASCII bytes and folds it on the way. Otherwise returns false and moves nothing.
  @inline(__always)
  @_lifetime(room: copy room)
  private mutating func scanASCIIWord(_ text: Span<UInt8>, into room: inout TokenRoom) -> Bool {
    let start = position
    let stop = min(text.count, start &+ TermFolder.longestTerm)
    let term = room.termByteCount &- start  // the term's byte of a text byte stands this much further
    var end = start
    var word = ASCIIWord()
    while true {
      word.scan(text, from: &end, to: stop, into: &room.termBytes, at: term)
      if end == stop {
        guard end == text.count else { return false }
        break
      }
      let kind = ByteClass(rawValue: byteClasses[Int(text[end])])
      if kind == .nonASCII {
        guard breaker.standsApart(text, at: end) else { return false }
        break
      }
      let last = ByteClass(rawValue: byteClasses[Int(text[end &- 1])])
      guard last.mayJoin(by: kind), end &+ 1 < text.count else { break }
      let next = ByteClass(rawValue: byteClasses[Int(text[end &+ 1])])
      if next == .nonASCII {
        guard breaker.standsApart(text, at: end &+ 1) else { return false }
        break
      }
      guard last.isJoined(to: next) else { break }
      guard end &+ 1 < stop else { return false }
      room.termBytes[term &+ end] = text[end]
      end &+= 1
    }
    guard word.isToken else { return false }

    let endsInLetter = byteClasses[Int(text[end &- 1])] & ByteClass.letter.rawValue != 0
    let shape: UInt8
    if borders.isQuiet {
      shape = borders.startToken(room.count)
      borders.skipQuietWord(endingInLetter: endsInLetter)
    } else {
      shape = readBorders(text, from: start, to: end, into: &room)
    }
    let first = ByteClass(rawValue: byteClasses[Int(text[start])])
    room.shapes[room.count] = shape | Self.letterCase(of: word, startingWith: first, text, from: start, to: end)
    room.endToken(from: start, to: end, termLength: end &- start)
    position = end
    return true
  }

  /// Tells the border tracker each byte of a token, and takes its borders at the first.
  @inline(never)
  @_lifetime(room: copy room)
  private mutating func readBorders(_ text: Span<UInt8>, from start: Int, to end: Int, into room: inout TokenRoom) -> UInt8 {
    let token = room.count
    for index in start..<end {
      let byte = text[index]
      confirm(borders.read(UInt32(byte), ByteClass.sentenceBreak(of: byte)), in: &room)
      if index == start { room.shapes[token] = borders.startToken(token) }
    }
    return room.shapes[token]
  }

  /// The case bits of an ASCII token. Static, because reading a property of a copied scanner costs the copy.
  @inline(__always)
  private static func letterCase(
    of word: ASCIIWord, startingWith first: ByteClass, _ text: Span<UInt8>, from start: Int, to end: Int
  ) -> UInt8 {
    if !first.isDisjoint(with: .letter) { return first.rawValue & ByteClass.upper.rawValue | word.innerCase }
    return word.innerCase == 0 ? 0 : letterCase(text, from: start, to: end)
  }

  /// The case bits of an ASCII token that does not start with a letter.
  @inline(never)
  private static func letterCase(_ text: Span<UInt8>, from start: Int, to end: Int) -> UInt8 {
    let byteClasses = ByteClass.table
    var letters = LetterCase()
    for index in start..<end {
      let kind = ByteClass(rawValue: byteClasses[Int(text[index])])
      if !kind.isDisjoint(with: .letter) { letters.read(isUpper: kind == .upper, isLower: kind == .lower) }
    }
    return letters.shape.rawValue
  }

  /// Reads any segment, scalar by scalar.
  @inline(never)
  @_lifetime(room: copy room)
  private mutating func scanSegment(_ text: Span<UInt8>, into room: inout TokenRoom) {
    let segment = breaker.segment(of: text, at: position)
    let tables = UnicodeTables.shared
    var isInToken = false
    var letters = LetterCase()
    while position < segment.end {
      let scalar = decodeScalar(text, at: position)
      let properties = tables.properties(of: scalar.value)
      confirm(borders.read(scalar.value, properties.sentenceBreak), in: &room)
      if position == segment.tokenStart {
        isInToken = true
        folder.restart()
        room.shapes[room.count] = borders.startToken(room.count)
      }
      if isInToken {
        folder.append(scalar.value, properties)
        if properties.isLetter { letters.read(isUpper: properties.isUpper, isLower: properties.isLower) }
      }
      position += scalar.length
    }
    guard let start = segment.tokenStart else { return }
    folder.finish()
    folder.copyTerm(to: &room.termBytes, at: room.termByteCount)
    if folder.isCut { room.cutCount += 1 }
    room.shapes[room.count] |= letters.shape.rawValue
    room.endToken(from: start, to: segment.end, termLength: folder.count)
  }

  @inline(__always)
  @_lifetime(room: copy room)
  private func confirm(_ token: Int?, in room: inout TokenRoom) {
    if let token { room.shapes[token] |= TokenShape.startsSentence.rawValue }
  }
}

/// Gathers the case of a token's letters.
private struct LetterCase {
  private(set) var shape: TokenShape = []
  private var isFirst = true

  mutating func read(isUpper: Bool, isLower: Bool) {
    if isUpper { shape.insert(isFirst ? .startsUpper : .hasInnerUpper) }
    if isLower && !isFirst { shape.insert(.hasInnerLower) }
    isFirst = false
  }
}
