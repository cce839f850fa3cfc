import Foundation

/// JSON as the command prints it: one object a line, keys sorted, every line with `"v":1`.
enum JSONOutput {
  /// The version of the shape of the objects; it grows when a key changes its meaning or goes.
  static let version = 1

  /// A value as one line. Characters that a terminal might obey are escaped, beyond those that JSON requires.
  static func line(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(value), as: UTF8.self)
    guard text.unicodeScalars.contains(where: PrintableText.isControl) else { return text + "\n" }
    var escaped = ""
    for scalar in text.unicodeScalars {
      if PrintableText.isControl(scalar) {
        // Outside its strings JSON has none of these, so that an escape is valid wherever one stands; all lie below U+10000.
        escaped += String(format: "\\u%04x", scalar.value)
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped + "\n"
  }
}
