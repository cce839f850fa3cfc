import Testing

@testable import TextAnalysis

@Suite("EightBytes")
struct EightBytesTests {
  @Test("Every byte is classified and folded in every place as the byte table says")
  func everyByte() {
    for byte in UInt8.min...UInt8.max {
      for place in 0..<8 {
        let kind = ByteClass(rawValue: ByteClass.table[Int(byte)])
        let shift = UInt64(8 * place)
        let bytes = EightBytes(UInt64(byte) << shift | ~(0xFF << shift) & 0x2020_2020_2020_2020)
        let bit: UInt64 = 0x80 << shift
        #expect(bytes.upper == (kind == .upper ? bit : 0))
        #expect(bytes.lower == (kind == .lower ? bit : 0))
        #expect(bytes.digit == (kind == .digit ? bit : 0))
        #expect(bytes.underscore == (kind == .underscore ? bit : 0))
        let folded = UInt8(truncatingIfNeeded: UInt64(littleEndian: bytes.folded) >> shift)
        #expect(folded == (kind == .upper ? byte + 32 : byte))
      }
    }
  }

  @Test("Counts stop at the first byte outside, and masks cover that many")
  func counts() {
    for count in 0...8 {
      let predicate = 0x8080_8080_8080_8080 & EightBytes.first(count)
      #expect(EightBytes.count(of: predicate) == count)
      #expect(EightBytes.first(count).nonzeroBitCount == 8 * count)
      if count < 7 { #expect(EightBytes.count(of: predicate | 0x80 << 56) == count) }
    }
    #expect(EightBytes(Array("xAb1, é".utf8).span, at: 0).lower == 0x80_0080)
  }
}
