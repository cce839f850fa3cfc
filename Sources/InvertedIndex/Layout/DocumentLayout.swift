import IndexStorage

/// Where the sentences and paragraphs of a document start, and which of its words have capital letters.
package struct DocumentLayout: Equatable, Sendable {
  /// How a word was written.
  package enum LetterCase: UInt8, Sendable {
    // ON DISK. Do not renumber.
    case lower = 0
    case capitalized = 1
    case upper = 2
    case mixed = 3
  }

  /// Positions at which a sentence starts, ascending, the first word of a field left out.
  package var sentenceStarts: [UInt32] = []
  /// Those of them at which a paragraph starts.
  package var paragraphStarts: [UInt32] = []
  /// The words that are not plain lower case, ascending by position.
  package var capitals: [(position: UInt32, letterCase: LetterCase)] = []

  /// The layout of a document of one sentence in lower case.
  package init() {}

  /// Reads a record of the file that is named.
  init(record: [UInt8], file: String) throws(StorageError) {
    var reader = ByteReader(record.span, file: file)
    var position: UInt64 = 0
    for _ in 0..<(try reader.readCount()) {
      let code = try reader.readVarint()
      position &+= code >> 1
      guard position <= UInt64(UInt32.max) else { throw reader.corrupt("a sentence starts past the end") }
      sentenceStarts.append(UInt32(position))
      if code & 1 == 1 { paragraphStarts.append(UInt32(position)) }
    }
    var next: UInt64 = 0
    while !reader.isAtEnd {
      let code = try reader.readVarint()
      next &+= code >> 2
      guard next < UInt64(UInt32.max), let letterCase = LetterCase(rawValue: UInt8(code & 3)), letterCase != .lower else {
        throw reader.corrupt("a capital letter stands past the end")
      }
      capitals.append((UInt32(next), letterCase))
      next += 1
    }
  }

  /// Writes the record.
  func write(to writer: inout ByteWriter) {
    writer.appendVarint(sentenceStarts.count)
    var last: UInt32 = 0
    var paragraph = 0
    for start in sentenceStarts {
      let startsParagraph = paragraph < paragraphStarts.count && paragraphStarts[paragraph] == start
      if startsParagraph { paragraph += 1 }
      writer.appendVarint(UInt64(start - last) << 1 | (startsParagraph ? 1 : 0))
      last = start
    }
    var next: UInt32 = 0
    for capital in capitals {
      writer.appendVarint(UInt64(capital.position - next) << 2 | UInt64(capital.letterCase.rawValue))
      next = capital.position + 1
    }
  }

  /// Forgets everything and keeps the memory.
  package mutating func removeAll() {
    sentenceStarts.removeAll(keepingCapacity: true)
    paragraphStarts.removeAll(keepingCapacity: true)
    capitals.removeAll(keepingCapacity: true)
  }

  package static func == (left: DocumentLayout, right: DocumentLayout) -> Bool {
    left.sentenceStarts == right.sentenceStarts && left.paragraphStarts == right.paragraphStarts
      && left.capitals.elementsEqual(right.capitals) { $0 == $1 }
  }
}
