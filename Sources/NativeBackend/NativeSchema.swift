import IndexStorage
import InvertedIndex
import QueryLanguage
import TextAnalysis

/// What every index of this backend holds: the contract's fields, and words by our analyzer.
enum NativeSchema {
  static func make(storesText: Bool, indexesPairs: Bool) -> IndexSchema {
    IndexSchema(
      textFields: TextField.allCases.map(\.rawValue), keywordFields: KeywordField.allCases.map(\.rawValue),
      analyzer: Analyzer.fingerprint, storesText: storesText, indexesPairs: indexesPairs)
  }

  /// Refuses an index of other fields or of words made by other rules: it would be searched in vain.
  static func check(_ schema: IndexSchema) throws(StorageError) {
    guard schema == make(storesText: schema.storesText, indexesPairs: schema.indexesPairs) else {
      throw .corrupt(
        file: ManifestFormat.fileName, offset: nil,
        reason: "its words or fields follow other rules (\(schema.analyzer)) than this version's (\(Analyzer.fingerprint))")
    }
  }
}
