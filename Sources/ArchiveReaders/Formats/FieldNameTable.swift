/// Finds which name of a mapping a key or column is.
///
/// The usual names are compared without regard to ASCII case, and `-` and space count as `_`; names the user gave are compared
/// letter by letter and come first.
struct FieldNameTable {
  private let names: [FieldMapping.Name]
  private let texts: [[UInt8]]
  /// The indexes of the names of each length, so that a key meets only a few.
  private let byLength: [[Int]]

  init(_ mapping: FieldMapping) {
    names = mapping.names
    texts = names.map { Array($0.text.utf8) }
    var byLength = [[Int]](repeating: [], count: (texts.map(\.count).max() ?? 0) + 1)
    for (index, text) in texts.enumerated() { byLength[text.count].append(index) }
    self.byLength = byLength
  }

  var count: Int { names.count }

  subscript(index: Int) -> FieldMapping.Name { names[index] }

  /// The index of the name that this key is, or nil.
  func index(of key: Span<UInt8>) -> Int? {
    guard key.count < byLength.count else { return nil }
    for index in byLength[key.count] where isEqual(key, texts[index], exactly: names[index].isGiven) { return index }
    return nil
  }

  private func isEqual(_ key: Span<UInt8>, _ name: [UInt8], exactly: Bool) -> Bool {
    for index in key.indices {
      var byte = key[index]
      if !exactly {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte |= 0x20
        case UInt8(ascii: "-"), UInt8(ascii: " "): byte = UInt8(ascii: "_")
        default: break
        }
      }
      if byte != name[index] { return false }
    }
    return true
  }
}
