/// The bytes of a whole file, mapped or in memory. They stay valid as long as the value lives, even after the file is unlinked.
@safe package final class MappedFile: Sendable {
  package let name: String
  package let byteCount: Int
  private nonisolated(unsafe) let base: UnsafePointer<UInt8>

  package init(name: String, copying bytes: [UInt8]) {
    self.name = name
    byteCount = bytes.count
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    for index in bytes.indices { unsafe memory[index] = bytes[index] }
    unsafe base = UnsafePointer(memory)
  }

  deinit { unsafe base.deallocate() }

  /// All bytes of the file, unchecked.
  package var bytes: Span<UInt8> {
    @_lifetime(borrow self) get {
      let span = unsafe Span(_unsafeStart: base, count: byteCount)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }
}
