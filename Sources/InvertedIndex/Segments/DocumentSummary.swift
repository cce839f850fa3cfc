import IndexStorage

/// What a result list shows of an article, as the store of summaries holds it. Fields in the order of the schema; the date is a
/// column, the id a table of its own.
package struct DocumentSummary: Hashable, Sendable {
  /// The text fields that are shown whole, such as the title: all but the main one.
  package var furtherTexts: [String]
  /// The raw keyword values, by field; nil where the article has none.
  package var keywords: [String?]
  /// Where the article can be read.
  package var url: String?
  /// The file the article came from.
  package var origin: String

  /// A summary from its parts.
  package init(furtherTexts: [String], keywords: [String?], url: String?, origin: String) {
    self.furtherTexts = furtherTexts
    self.keywords = keywords
    self.url = url
    self.origin = origin
  }

  // Summary ::= furtherText:string × further fields  keywordSet:u32 keyword:string × bits set  hasURL:u8 url:string?
  //             origin:string

  func write(to writer: inout ByteWriter) {
    for text in furtherTexts { writer.append(lengthPrefixed: text) }
    var set: UInt32 = 0
    for (index, keyword) in keywords.enumerated() where keyword != nil { set |= 1 << UInt32(index) }
    writer.append(set)
    for case let keyword? in keywords { writer.append(lengthPrefixed: keyword) }
    writer.append(UInt8(url == nil ? 0 : 1))
    if let url { writer.append(lengthPrefixed: url) }
    writer.append(lengthPrefixed: origin)
  }

  static func read(_ bytes: [UInt8], schema: IndexSchema, file: String) throws(StorageError) -> DocumentSummary {
    var reader = ByteReader(bytes.span, file: file)
    var summary = DocumentSummary(furtherTexts: [], keywords: [], url: nil, origin: "")
    for _ in 0..<schema.furtherFieldCount { summary.furtherTexts.append(try reader.readString()) }
    let set = try reader.readUInt32()
    for index in 0..<schema.keywordFields.count {
      summary.keywords.append(set & (1 << UInt32(index)) == 0 ? nil : try reader.readString())
    }
    if try reader.readUInt8() != 0 { summary.url = try reader.readString() }
    summary.origin = try reader.readString()
    try reader.finish()
    return summary
  }
}
