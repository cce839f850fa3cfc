import IndexStorage

/// The files in an index folder that are those of an index, named by its manifest or not.
package enum IndexFiles {
  /// The bytes of all of them, those that wait for their removal included.
  package static func byteCount(in directory: any Directory) throws(StorageError) -> Int {
    try directory.list().reduce(0) { sum, file in
      file.name == ManifestFormat.fileName || SegmentFile.number(ofName: file.name) != nil ? sum + file.byteCount : sum
    }
  }
}

extension Manifest {
  /// Whether files of an index lie in its folder that this manifest does not name: those of an earlier commit.
  func leavesFilesUnnamed(in directory: any Directory) throws(StorageError) -> Bool {
    let live = liveFiles
    return try directory.list().contains { SegmentFile.number(ofName: $0.name) != nil && !live.contains($0.name) }
  }
}
