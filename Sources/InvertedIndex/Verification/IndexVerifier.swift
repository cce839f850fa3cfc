import IndexStorage

/// Reads every byte of an index and checks what its structures promise.
package struct IndexVerifier {
  /// One thing that is wrong.
  package struct Problem: Hashable, Sendable {
    /// The damaged file's name.
    package var file: String
    /// What is wrong with it, and where.
    package var reason: String

    init(_ error: StorageError) {
      switch error {
      case .corrupt(let file, let offset, let reason):
        self.init(file: file, reason: offset.map { "\(reason) (at byte \($0))" } ?? reason)
      case .missing(let file): self.init(file: file, reason: "it is not there")
      case .newerVersion(let file, let version, _), .olderVersion(let file, let version, _):
        self.init(file: file, reason: "it has the unknown format \(version)")
      default: self.init(file: "", reason: String(describing: error))
      }
    }

    init(file: String, reason: String) {
      self.file = file
      self.reason = reason
    }
  }

  /// What was read, and what is wrong.
  package struct Findings: Sendable {
    /// The bytes read and checked.
    package var byteCount = 0
    /// The files read and checked.
    package var fileCount = 0
    /// What is wrong; empty for a sound index.
    package var problems: [Problem] = []
  }

  private let directory: any Directory

  /// A verifier of the index in a folder.
  package init(directory: any Directory) { self.directory = directory }

  /// Checks the last commit. Only a failure to look at all is thrown.
  ///
  /// Where a writer commits meanwhile and removes a file before it was looked at, the newer commit is checked instead.
  package func verify() throws(StorageError) -> Findings {
    while true {
      var findings = Findings()
      let manifest: Manifest
      do throws(StorageError) {
        manifest = try ManifestReader.read(from: directory)
      } catch {
        guard case .corrupt = error else { throw error }
        findings.problems.append(Problem(error))
        return findings
      }
      findings.fileCount += 1
      findings.byteCount += try directory.open(ManifestFormat.fileName).byteCount
      for info in manifest.segments { findings.problems += errors(in: info, of: manifest, &findings).map(Problem.init) }
      if !findings.problems.isEmpty, let current = try? ManifestReader.read(from: directory),
        current.generation > manifest.generation
      {
        continue
      }
      return findings
    }
  }

  /// What is wrong with a segment, and nothing where it is sound; what was read is added to `findings`.
  func errors(in info: SegmentInfo, of manifest: Manifest, _ findings: inout Findings) -> [StorageError] {
    var errors: [StorageError] = []
    var files = zip(SegmentFile.allCases, info.files).map { kind, summary in
      (identity: kind.identity(indexID: manifest.indexID, segmentID: info.id), summary: summary)
    }
    if let deletions = info.deletions {
      files.append((DeletionsFormat.identity(indexID: manifest.indexID, segmentID: info.id), deletions.file))
    }
    for (identity, summary) in files {
      do throws(StorageError) {
        let file = try CheckedFile(directory: directory, name: summary.name, identity: identity, expected: summary)
        errors += file.damagedPages()
        findings.fileCount += 1
        findings.byteCount += summary.byteCount
      } catch {
        errors.append(error)
      }
    }
    // What damaged bytes mean is not worth a second message.
    guard errors.isEmpty else { return errors }
    do throws(StorageError) {
      let segment = try SegmentReader(
        directory: directory, indexID: manifest.indexID, schema: manifest.schema, info: info)
      try SegmentVerifier(segment).verify()
    } catch {
      errors.append(error)
    }
    return errors
  }
}
