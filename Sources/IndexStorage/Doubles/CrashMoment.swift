/// A moment between two calls at which the power may be cut, and every state of the folder that this may leave.
package struct CrashMoment: Sendable {
  let disk: Disk

  /// How many changes are pending, names and writes together.
  package var pendingCount: Int { disk.pendingNames.count + disk.pendingWrites.count }

  /// The files as the running system sees them.
  package var visibleFiles: [String: [UInt8]] { disk.visibleNames.mapValues { disk.visibleBytes[$0] ?? [] } }

  /// Calls `body` with states a power cut may leave: subsets of the pending changes, and for each surviving write the states in
  /// which it survived only in part.
  ///
  /// All of them where the subsets are at most `limit`; otherwise `limit` random subsets, the empty and the full one among them.
  /// - Returns: how many states there were.
  @discardableResult
  package func forEachState(
    limit: Int, using generator: inout SeededGenerator, _ body: (_ files: [String: [UInt8]]) throws -> Void
  ) rethrows -> Int {
    var count = 0
    if pendingCount < 62, 1 << pendingCount <= limit {
      for subset in 0..<UInt64(1) << UInt64(pendingCount) {
        try visit(bits(subset), &count, body)
      }
    } else {
      try visit(Array(repeating: false, count: pendingCount), &count, body)
      try visit(Array(repeating: true, count: pendingCount), &count, body)
      for _ in 2..<max(limit, 2) {
        try visit((0..<pendingCount).map { _ in Bool.random(using: &generator) }, &count, body)
      }
    }
    return count
  }

  private func bits(_ subset: UInt64) -> [Bool] { (0..<pendingCount).map { subset >> UInt64($0) & 1 == 1 } }

  private func visit(_ survives: [Bool], _ count: inout Int, _ body: ([String: [UInt8]]) throws -> Void) rethrows {
    let nameCount = disk.pendingNames.count
    func files(torn: Int?, _ fate: Disk.Fate) -> [String: [UInt8]] {
      disk.files(names: { survives[$0] }) { write in
        write == torn ? fate : survives[nameCount + write] ? .present : .absent
      }
    }
    try body(files(torn: nil, .absent))
    count += 1
    for (index, write) in disk.pendingWrites.enumerated() where survives[nameCount + index] {
      let byteCount = write.bytes.count
      let fates: [Disk.Fate] = [.torn(byteCount: 1), .torn(byteCount: byteCount / 2), .torn(byteCount: byteCount - 1), .zeros]
      for fate in fates {
        try body(files(torn: index, fate))
        count += 1
      }
    }
  }
}
