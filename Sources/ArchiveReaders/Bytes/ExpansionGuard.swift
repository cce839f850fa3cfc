/// Refuses compressed data that expand beyond reason: a small file that would give hundreds of gigabytes is an attack or an
/// accident.
struct ExpansionGuard {
  let maximumExpansion: Int
  let allowance: Int
  /// The compressed bytes read so far.
  var consumed = 0
  private(set) var produced = 0

  /// A guard with the limits of these options.
  init(_ options: ReadingOptions) {
    maximumExpansion = options.maximumExpansion
    allowance = options.expansionAllowance
  }

  /// Counts expanded bytes; throws once they are more than the allowance and more than the permitted multiple of what was read.
  mutating func produce(_ count: Int) throws(StreamFailure) {
    produced += count
    guard produced > allowance, produced / maximumExpansion > consumed else { return }
    throw StreamFailure("it expands to more than \(maximumExpansion) times its size and was given up after \(byteText(produced))")
  }
}

/// A number of bytes as a person reads it.
///
///     byteText(999) → "999 bytes"     byteText(52_428_800) → "50.0 MiB"
func byteText(_ count: Int) -> String {
  var size = count
  var units = ["KiB", "MiB", "GiB", "TiB"][...]
  guard count >= 1_024 else { return "\(count) bytes" }
  // Tenths, rounded down.
  size = count / 1_024 * 10 + count % 1_024 * 10 / 1_024
  var unit = units.removeFirst()
  while size >= 10_240, let next = units.popFirst() {
    size /= 1_024
    unit = next
  }
  return "\(size / 10).\(size % 10) \(unit)"
}
