/// Reads one JSON object as the parts of an article.
///
/// One pass over the bytes finds the values of the keys that are listened to, as ranges; only these are turned into text. Of
/// two equal keys the last wins.
final class JSONRecordParser {
  private let tally: ReadingTally
  private var text: JSONText
  private let names: FieldNameTable
  /// The value of each name in the record under way.
  private var values: [JSONScanner.Value?]

  init(mapping: FieldMapping, tally: ReadingTally) {
    self.tally = tally
    text = JSONText(tally: tally)
    names = FieldNameTable(mapping)
    values = Array(repeating: nil, count: names.count)
  }

  /// Why a record gives no article.
  enum Failure: Error {
    case malformed(JSONFailure)
    case notAnObject(first: UInt8)
    case noText(keys: [String])

    /// A short sentence without a full stop.
    var reason: String {
      switch self {
      case .malformed(let failure): failure.description
      case .notAnObject(let first):
        (0x21...0x7E).contains(first)
          ? "not a JSON object: starts with `\(Character(Unicode.Scalar(first)))`"
          : "not a JSON object: starts with byte \(first)"
      case .noText(let keys): "it has neither a title nor a body; its keys are \(ReadingError.list(keys))"
      }
    }
  }

  /// The parts of the article in a record that is one JSON object, white space around it allowed.
  ///
  /// `origin` is for remarks on values that are no text. Complexity: O(n).
  func fields(of bytes: Span<UInt8>, origin: @autoclosure () -> String) throws(Failure) -> RecordFields {
    for index in values.indices { values[index] = nil }
    var scanner = JSONScanner(bytes)
    guard let first = scanner.nextSignificant(), first == UInt8(ascii: "{") else {
      throw .notAnObject(first: scanner.nextSignificant() ?? 0)
    }
    do {
      try scanObject(&scanner)
    } catch { throw .malformed(error) }

    var fields = RecordFields()
    var hasTextKey = false
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      let name = names[index]
      if name.isGiven { tally.seenMappedNames.insert(name.text) }
      if name.target == .title || name.target == .body { hasTextKey = true }
      guard fields[name.target] == nil else { continue }
      fields[name.target] = content(of: value, for: name.target, in: bytes, origin: origin)
    }
    guard hasTextKey else { throw .noText(keys: keys(of: bytes)) }
    return fields
  }

  /// Takes the whole object and notes the values of the names listened to.
  private func scanObject(_ scanner: inout JSONScanner) throws(JSONFailure) {
    scanner.position += 1
    if scanner.nextSignificant() == UInt8(ascii: "}") {
      scanner.position += 1
    } else {
      repeat {
        let key = try scanner.takeKey()
        let value = try scanner.takeValue(depth: 1)
        if let index = index(of: key, in: scanner.bytes) { values[index] = value }
      } while try !endsObject(&scanner)
    }
    if scanner.nextSignificant() != nil { throw JSONFailure(offset: scanner.position, "more follows the end of the object") }
  }

  /// Takes a comma, or the bracket that ends the object.
  private func endsObject(_ scanner: inout JSONScanner) throws(JSONFailure) -> Bool {
    if scanner.nextSignificant() == UInt8(ascii: ",") {
      scanner.position += 1
      return false
    }
    try scanner.take(UInt8(ascii: "}"), "`,` or `}`")
    return true
  }

  private func index(of key: JSONScanner.StringLiteral, in bytes: Span<UInt8>) -> Int? {
    guard key.hasEscapes else { return names.index(of: bytes.extracting(key.range)) }
    let name = Array(text.text(of: key.range, hasEscapes: true, in: bytes).utf8)
    return names.index(of: name.span)
  }

  /// The text of a value; nil for null and for what cannot be text, which is remarked on.
  private func content(
    of value: JSONScanner.Value, for target: FieldMapping.Target, in bytes: Span<UInt8>, origin: () -> String
  ) -> String? {
    switch value.kind {
    case .string: return text.text(of: value.range, hasEscapes: value.hasEscapes, in: bytes)
    case .number, .boolean: return tally.text(bytes.extracting(value.range))
    case .null: return nil
    case .object:
      tally.noteUnusableValue(of: target, kind: "an object", origin: origin())
      return nil
    case .array:
      guard let parts = elements(of: bytes.extracting(value.range)) else {
        tally.noteUnusableValue(of: target, kind: "an array that holds more than texts", origin: origin())
        return nil
      }
      return parts.isEmpty ? nil : parts.joined(separator: target == .body ? "\n\n" : ", ")
    }
  }

  /// The texts in an array that the scanner has checked; nil where it holds arrays or objects.
  private func elements(of bytes: Span<UInt8>) -> [String]? {
    var scanner = JSONScanner(bytes)
    var parts: [String] = []
    scanner.position = 1
    while let next = scanner.nextSignificant(), next != UInt8(ascii: "]") {
      guard let value = try? scanner.takeValue(depth: 1) else { return nil }
      switch value.kind {
      case .string: parts.append(text.text(of: value.range, hasEscapes: value.hasEscapes, in: bytes))
      case .number, .boolean: parts.append(tally.text(bytes.extracting(value.range)))
      case .null: break
      case .array, .object: return nil
      }
      if scanner.nextSignificant() == UInt8(ascii: ",") { scanner.position += 1 }
    }
    return parts
  }

  /// The keys of an object that the scanner has checked, for a message.
  private func keys(of bytes: Span<UInt8>) -> [String] {
    var scanner = JSONScanner(bytes)
    var keys: [String] = []
    _ = scanner.nextSignificant()
    scanner.position += 1
    while scanner.nextSignificant() == UInt8(ascii: "\""), let key = try? scanner.takeKey() {
      keys.append(text.text(of: key.range, hasEscapes: key.hasEscapes, in: bytes))
      guard (try? scanner.takeValue(depth: 1)) != nil, scanner.nextSignificant() == UInt8(ascii: ",") else { break }
      scanner.position += 1
    }
    return keys
  }
}
