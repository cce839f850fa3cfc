/// How many words each document has, exactly, by document number.
package struct DocumentLengths: Sendable {
  /// Words in all text fields together.
  package var total: [UInt32]
  /// Words in each further field; what is left of the total is the main field.
  package var further: [[UInt32]]

  /// The first position after a further field, as ``PositionsFormat`` lays the fields out: one position is left out between two
  /// fields.
  func end(ofField field: Int, document: Int) -> UInt32 {
    var end: UInt32 = 0
    for index in 0...field { end += further[index][document] + 1 }
    return end
  }
}
