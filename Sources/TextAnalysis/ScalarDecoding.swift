/// One scalar of a text and the number of bytes it takes.
struct DecodedScalar {
  let value: UInt32
  let length: Int
}

/// Decodes the scalar that starts at `position`, which must be inside the text.
///
/// Every byte that does not belong to a well-formed sequence (Unicode, table 3-7: no overlong forms, no surrogates) is one
/// U+FFFD.
///
///     41 → U+0041     C3 A9 → U+00E9     C0 AF → U+FFFD, U+FFFD     E2 82 → U+FFFD, U+FFFD
@inline(__always)
func decodeScalar(_ text: Span<UInt8>, at position: Int) -> DecodedScalar {
  let lead = text[position]
  if lead < 0x80 { return DecodedScalar(value: UInt32(lead), length: 1) }
  return decodeMultibyteScalar(text, at: position, lead: UInt32(lead))
}

private func decodeMultibyteScalar(_ text: Span<UInt8>, at position: Int, lead: UInt32) -> DecodedScalar {
  let illFormed = DecodedScalar(value: 0xFFFD, length: 1)
  let length: Int
  let least: UInt32
  var value: UInt32
  switch lead {
  case 0xC2...0xDF: (length, least, value) = (2, 0x80, lead & 0x1F)
  case 0xE0...0xEF: (length, least, value) = (3, 0x800, lead & 0x0F)
  case 0xF0...0xF4: (length, least, value) = (4, 0x1_0000, lead & 0x07)
  default: return illFormed
  }
  guard text.count - position >= length else { return illFormed }
  for offset in 1..<length {
    let byte = UInt32(text[position + offset])
    guard byte & 0xC0 == 0x80 else { return illFormed }
    value = value << 6 | byte & 0x3F
  }
  guard value >= least, value <= 0x10FFFF, value & 0x1F_F800 != 0xD800 else { return illFormed }
  return DecodedScalar(value: value, length: length)
}
