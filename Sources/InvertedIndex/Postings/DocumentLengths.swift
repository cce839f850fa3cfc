import IndexStorage

/// How many words each document has, exactly, by document number.
package struct DocumentLengths: Sendable {
  /// Words in all text fields together.
  package var total: [UInt32]
  /// Words in each further field; what is left of the total is the main field.
  package var further: [[UInt32]]

  /// The most words that a document can have.
  static let maximum: UInt32 = 1 << 25

  /// The average number of words; 0 where there is no document. O(documents).
  package var average: Double {
    total.isEmpty ? 0 : Double(total.reduce(UInt64(0)) { $0 + UInt64($1) }) / Double(total.count)
  }

  /// The words of the longest document; 0 where there is none. O(documents).
  var longest: UInt32 { total.max() ?? 0 }

  /// The number of words in all documents, by field: the further ones, then the main one.
  var wordCounts: [UInt64] {
    let further = further.map { $0.reduce(UInt64(0)) { $0 + UInt64($1) } }
    return further + [total.reduce(UInt64(0)) { $0 + UInt64($1) } - further.reduce(0, +)]
  }

  /// Refuses lengths that contradict each other or the number of words by field that the manifest states, so that sums of lengths
  /// need no care afterwards.
  func check(against wordCounts: [UInt64], file: CheckedFile) throws(StorageError) {
    var sums = [UInt64](repeating: 0, count: further.count + 1)
    for document in total.indices {
      var rest = total[document]
      guard rest <= DocumentLengths.maximum else { throw file.corrupt(at: 0, "document \(document) has too many words") }
      for field in further.indices {
        guard further[field][document] <= rest else {
          throw file.corrupt(at: 0, "a field of document \(document) is longer than the document")
        }
        rest -= further[field][document]
        sums[field] += UInt64(further[field][document])
      }
      sums[further.count] += UInt64(rest)
    }
    guard sums == wordCounts else { throw file.corrupt(at: 0, "the manifest counts other words") }
  }

  /// The first position after a further field, as ``PositionsFormat`` lays the fields out: one position is left out between two
  /// fields.
  func end(ofField field: Int, document: Int) -> UInt32 {
    var end: UInt32 = 0
    for index in 0...field { end += further[index][document] + 1 }
    return end
  }

  /// The ``end(ofField:document:)`` of all further fields, document by document.
  ///
  /// Complexity: O(documents · fields).
  var fieldEnds: [UInt32] {
    var ends: [UInt32] = []
    ends.reserveCapacity(further.count * total.count)
    for document in further.isEmpty ? 0..<0 : total.indices {
      var end: UInt32 = 0
      for field in further.indices {
        end += further[field][document] + 1
        ends.append(end)
      }
    }
    return ends
  }
}
