/// A field whose words are searched. Words of all text fields share one posting list; `title:x` narrows it.
///
/// The order of the cases is the order in which the fields of an article are laid out as one row of word positions.
public enum TextField: String, CaseIterable, Hashable, Sendable {
  /// The headline.
  case title
  /// The article's text.
  case body
}

/// A column that holds one whole value per article and is compared as a whole.
public enum KeywordField: String, CaseIterable, Hashable, Sendable {
  /// The paper, agency or site.
  case source
  /// The section, desk or category.
  case section
  /// The byline.
  case author
  /// The language, best as a BCP 47 tag.
  case language
}
