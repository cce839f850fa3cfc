import Testing

@testable import IndexStorage

@Suite("Byte coding")
struct ByteCodingTests {
  @Test("Numbers are little-endian with their own widths")
  func fixedWidths() {
    var writer = ByteWriter()
    writer.append(UInt8(0x01))
    writer.append(UInt16(0x0203))
    writer.append(UInt32(0x0405_0607))
    writer.append(UInt64(0x0809_0A0B_0C0D_0E0F))
    writer.append(UInt128(0x10) << 120 | 0x11)
    #expect(
      writer.bytes == [
        0x01, 0x03, 0x02, 0x07, 0x06, 0x05, 0x04, 0x0F, 0x0E, 0x0D, 0x0C, 0x0B, 0x0A, 0x09, 0x08,
        0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
      ])
  }

  @Test(
    "A varint has the bytes of LEB128",
    arguments: [(0, [0]), (127, [0x7F]), (128, [0x80, 1]), (300, [0xAC, 2])] as [(UInt64, [UInt8])])
  func varintBytes(value: UInt64, bytes: [UInt8]) {
    var writer = ByteWriter()
    writer.appendVarint(value)
    #expect(writer.bytes == bytes)
  }

  @Test("Everything written is read back", arguments: [1, 2, 3] as [UInt64])
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var writer = ByteWriter()
    let numbers = (0..<2_000).map { _ in
      UInt64.random(in: 0...UInt64.max, using: &generator) >> UInt64.random(in: 0..<64, using: &generator)
    }
    for number in numbers + [0, .max] {
      let start = writer.count
      writer.appendVarint(number)
      #expect(writer.count - start == ByteWriter.varintByteCount(number))
      writer.append(UInt8(truncatingIfNeeded: number))
      writer.append(UInt16(truncatingIfNeeded: number))
      writer.append(UInt32(truncatingIfNeeded: number))
      writer.append(number)
      writer.append(UInt128(number) << 33)
      writer.append(lengthPrefixed: "№ \(number)")
      writer.append(contentsOf: [1, 2, 3])
    }
    var reader = ByteReader(writer.bytes.span, file: "file")
    for number in numbers + [0, .max] {
      #expect(try reader.readVarint() == number)
      #expect(try reader.readUInt8() == UInt8(truncatingIfNeeded: number))
      #expect(try reader.readUInt16() == UInt16(truncatingIfNeeded: number))
      #expect(try reader.readUInt32() == UInt32(truncatingIfNeeded: number))
      #expect(try reader.readUInt64() == number)
      #expect(try reader.readUInt128() == UInt128(number) << 33)
      #expect(try reader.readString() == "№ \(number)")
      let bytes = [UInt8](copying: try reader.readBytes(3))
      #expect(bytes == [1, 2, 3])
    }
    #expect(reader.remaining == 0)
    try reader.finish()
  }

  @Test("A number written before is replaced in place")
  func patch() {
    var writer = ByteWriter()
    writer.append(UInt64.max)
    writer.append(UInt64.max)
    writer.patch(at: 2, UInt32(0x0102_0304))
    writer.patch(at: 8, UInt64(5))
    #expect(writer.bytes == [0xFF, 0xFF, 4, 3, 2, 1, 0xFF, 0xFF, 5, 0, 0, 0, 0, 0, 0, 0])
  }

  /// What a reader makes of some bytes.
  func error(_ bytes: [UInt8], _ body: (inout ByteReader) throws -> Void) -> StorageError? {
    do {
      var reader = ByteReader(bytes.span, file: "file", baseOffset: 100)
      try body(&reader)
      return nil
    } catch {
      return error as? StorageError
    }
  }

  @Test("Bytes that run out are an error with file and offset, at every length")
  func runsOut() {
    for count in 0..<16 {
      let bytes = [UInt8](repeating: 0x80, count: count)
      let skipped = count / 2
      let end = StorageError.corrupt(
        file: "file", offset: 100 + skipped, reason: "16 bytes were expected and \(count - skipped) are left")
      #expect(
        error(bytes) {
          try $0.skip(skipped)
          _ = try $0.readBytes(16)
        } == end)
      #expect(error(bytes) { _ = try $0.readVarint() }?.isCorrupt == true)
      if count < 16 { #expect(error(bytes) { _ = try $0.readUInt128() }?.isCorrupt == true) }
      if count < 8 { #expect(error(bytes) { _ = try $0.readUInt64() }?.isCorrupt == true) }
      if count < 4 { #expect(error(bytes) { _ = try $0.readUInt32() }?.isCorrupt == true) }
      if count < 2 { #expect(error(bytes) { _ = try $0.readUInt16() }?.isCorrupt == true) }
      if count < 1 { #expect(error(bytes) { _ = try $0.readUInt8() }?.isCorrupt == true) }
    }
    #expect(error([1, 2, 3]) { _ = try $0.readBytes(-1) }?.isCorrupt == true)
    #expect(error([1, 2, 3]) { try $0.skip(Int.max) }?.isCorrupt == true)
  }

  @Test(
    "A number has one spelling, and none is too large",
    arguments: [
      [0x80, 0], [0xFF, 0x80, 0], [0x80, 0x80, 0x80, 0],
      [UInt8](repeating: 0xFF, count: 9) + [2], [UInt8](repeating: 0xFF, count: 10) + [1],
      [UInt8](repeating: 0x80, count: 11) + [1],
    ] as [[UInt8]])
  func overlongVarints(bytes: [UInt8]) {
    #expect(error(bytes) { _ = try $0.readVarint() }?.isCorrupt == true)
    #expect(error(bytes + [1, 2, 3]) { _ = try $0.readVarint() }?.isCorrupt == true)
  }

  @Test("The greatest number is read")
  func greatestVarint() throws {
    let bytes = [UInt8](repeating: 0xFF, count: 9) + [1]
    var reader = ByteReader(bytes.span, file: "file")
    #expect(try reader.readVarint() == UInt64.max)
    let tooLarge: [UInt8] = [0x80, 0x80, 0x80, 0x80, 0x10]
    #expect(error(tooLarge) { _ = try $0.readVarint32() }?.isCorrupt == true)
    let greatest: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]
    reader = ByteReader(greatest.span, file: "file")
    #expect(try reader.readVarint32() == UInt32.max)
  }

  @Test("A count is refused when its elements cannot follow")
  func counts() throws {
    let three: [UInt8] = [3, 0, 0, 0]
    var reader = ByteReader(three.span, file: "file")
    #expect(try reader.readCount() == 3)
    #expect(error(three) { _ = try $0.readCount(elementByteCount: 2) }?.isCorrupt == true)
    #expect(error([4, 0, 0, 0]) { _ = try $0.readCount() }?.isCorrupt == true)
    #expect(error([UInt8](repeating: 0xFF, count: 9) + [1]) { _ = try $0.readCount() }?.isCorrupt == true)
  }

  @Test("Text that is not UTF-8, and bytes after the end, are errors")
  func textAndEnd() {
    #expect(error([2, 0xC3, 0x28]) { _ = try $0.readString() }?.isCorrupt == true)
    #expect(
      error([1, 2]) {
        _ = try $0.readUInt8()
        try $0.finish()
      } == .corrupt(file: "file", offset: 101, reason: "1 bytes follow the end"))
  }

  @Test("No bytes make the reader trap", arguments: Array(1...20) as [UInt64])
  func hostileBytes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator) | (Bool.random(using: &generator) ? 0x80 : 0)
      }
      var reader = ByteReader(bytes.span, file: "file")
      do {
        while !reader.isAtEnd {
          switch Int.random(in: 0..<8, using: &generator) {
          case 0: _ = try reader.readUInt8()
          case 1: _ = try reader.readUInt16()
          case 2: _ = try reader.readUInt32()
          case 3: _ = try reader.readUInt64()
          case 4: _ = try reader.readVarint()
          case 5: _ = try reader.readString()
          case 6: _ = try reader.readBytes(Int.random(in: -2..<30, using: &generator)).count
          default: _ = try reader.readCount(elementByteCount: 3)
          }
        }
      } catch {
        #expect(error.isCorrupt)
      }
    }
  }
}
