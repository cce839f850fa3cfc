/// What a backend can do.
public struct Capabilities: Hashable, Sendable {
  /// Whether scores follow ``BM25Parameters`` exactly; otherwise only match sets can be compared.
  public var scoresExactly: Bool
  /// Whether the weight of a text field can be set per query.
  public var weighsFields: Bool
  /// Whether damage anywhere in its files is always reported.
  public var detectsDamage: Bool

  /// Makes a list of capabilities.
  public init(scoresExactly: Bool, weighsFields: Bool, detectsDamage: Bool) {
    self.scoresExactly = scoresExactly
    self.weighsFields = weighsFields
    self.detectsDamage = detectsDamage
  }
}
