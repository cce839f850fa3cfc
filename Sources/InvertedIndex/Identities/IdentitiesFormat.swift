import IndexStorage

// Identities ::= KeyTable whose keys are article ids in UTF-8 and whose payloads are document:varint
//
// A document's own id is found by its rank in the table, which is a column.

/// What the table of ids maps an id to.
struct IdentityPayload: KeyPayload {
  var document: UInt32 = 0

  @_lifetime(reader: copy reader)
  mutating func readNext(_ reader: inout ByteReader) throws(StorageError) { document = try reader.readVarint32() }
}
