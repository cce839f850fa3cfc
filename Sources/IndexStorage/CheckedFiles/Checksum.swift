private import CXXHash

/// The checksum of every byte this package writes: XXH3, 64 bits, seed 0.
///
/// It finds damage, not malice: whoever can write to the folder can also write a fitting checksum.
package enum Checksum {
  /// The checksum of some bytes.
  package static func of(_ bytes: Span<UInt8>) -> UInt64 {
    // The pointer and count are those of the span, and the function only reads.
    unsafe bytes.withUnsafeBytes { unsafe XXH3_64bits($0.baseAddress, $0.count) }
  }
}
