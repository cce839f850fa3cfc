import CZstd
import IndexStorage

/// Packs blocks with Zstandard; one compressor serves one writer.
@safe final class Compressor {
  // Freed only with the compressor, and used by it alone.
  private let context: OpaquePointer
  private let level: Int32

  init(level: Int32) {
    guard let context = unsafe ZSTD_createCCtx() else { preconditionFailure("out of memory for a Zstandard context") }
    unsafe self.context = context
    self.level = level
  }

  deinit { unsafe ZSTD_freeCCtx(context) }

  /// The packed bytes.
  func compress(_ bytes: [UInt8]) -> [UInt8] {
    let bound = ZSTD_compressBound(bytes.count)
    return unsafe [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      let written = unsafe bytes.withUnsafeBufferPointer { input in
        unsafe ZSTD_compressCCtx(context, output.baseAddress, bound, input.baseAddress, input.count, level)
      }
      // With room for the bound, the library fails only when memory runs out.
      precondition(ZSTD_isError(written) == 0, "Zstandard could not pack a block")
      count = written
    }
  }
}

/// Unpacks blocks; one serves one caller at a time, and saves setting up the library's tables for every block.
@safe package final class Decompressor {
  // Freed only with the decompressor, and used by it alone.
  private let context: OpaquePointer

  /// Makes a decompressor.
  package init() {
    guard let context = unsafe ZSTD_createDCtx() else { preconditionFailure("out of memory for a Zstandard context") }
    unsafe self.context = context
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  /// The plain bytes, or nil where the frame is not sound or does not hold exactly `byteCount`.
  func decompress(_ bytes: Span<UInt8>, byteCount: Int) -> [UInt8]? {
    var isSound = false
    // Never no room: the array would be the one empty array of the process, and to set its count is a race.
    let plain = unsafe [UInt8](unsafeUninitializedCapacity: max(byteCount, 1)) { output, count in
      let written = unsafe bytes.withUnsafeBufferPointer { input in
        unsafe ZSTD_decompressDCtx(context, output.baseAddress, byteCount, input.baseAddress, input.count)
      }
      isSound = ZSTD_isError(written) == 0 && written == byteCount
      count = isSound ? written : 0
    }
    return isSound ? plain : nil
  }
}
