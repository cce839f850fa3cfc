/// The plain way to write numbers of bits one after the other.
struct BitWriter {
  var bytes: [UInt8] = []
  private var filled = 0

  mutating func append(_ value: UInt32, width: Int) {
    for bit in 0..<width {
      if filled % 8 == 0 { bytes.append(0) }
      bytes[bytes.count - 1] |= UInt8(value >> UInt32(bit) & 1) << UInt8(filled % 8)
      filled += 1
    }
  }

  mutating func appendUnary(_ count: UInt32) {
    for _ in 0..<count { append(0, width: 1) }
    append(1, width: 1)
  }
}
