import QueryLanguage
import SearchAPI

/// 128 bits that tell whether two articles say the same: title, body, date, keywords and address; not where the article was
/// read from.
///
/// A multiply-and-fold hash over eight bytes at a time, in two lanes with different constants, in the manner of Wang Yi's
/// wyhash. It finds accidents, not forgeries: who can choose both texts can make them collide, and gains no more than that the
/// second one counts as unchanged.
struct ContentFingerprint {
  // ON DISK. Do not change: a fingerprint is compared with those of earlier versions.
  private var lanes: (UInt64, UInt64) = (0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB)

  init(of article: Article) {
    add(article.title)
    add(article.body)
    if let date = article.date {
      mix(1, UInt64(bitPattern: date.sortKey) &* 4 &+ UInt64(date.precision.rawValue))
    } else {
      mix(0, 0)
    }
    for field in KeywordField.allCases { addOptional(article.keywords[field]) }
    addOptional(article.url)
  }

  /// The fingerprint of all that a row of the table `article` says: of an article without its text, its id, where it was read from,
  /// and the fingerprint of the whole.
  init(ofRow article: Article, content: [UInt8]) {
    var row = article
    row.body = ""
    self.init(of: row)
    add(article.id)
    add(article.origin)
    for byte in content { mix(UInt64(byte), 5) }
  }

  var bytes: [UInt8] {
    [lanes.0, lanes.1].flatMap { lane in (0..<8).map { UInt8(truncatingIfNeeded: lane >> ($0 * 8)) } }
  }

  private mutating func addOptional(_ text: String?) {
    mix(text == nil ? 2 : 3, 0)
    if let text { add(text) }
  }

  private mutating func add(_ text: String) {
    let bytes = text.utf8Span.span
    var index = 0
    while index < bytes.count {
      var word: UInt64 = 0
      for offset in 0..<min(8, bytes.count - index) { word |= UInt64(bytes[index + offset]) << (offset * 8) }
      mix(word, UInt64(bytes.count))
      index += 8
    }
    mix(UInt64(bytes.count), 4)
  }

  private mutating func mix(_ word: UInt64, _ salt: UInt64) {
    // Each lane also takes in the other, so that a factor of 0 does not forget what came before.
    let (left, right) = lanes
    lanes.0 = fold(left ^ word, 0x8EBC_6AF0_9C88_C6E3 ^ salt) &+ right
    lanes.1 = fold(right ^ (word &* 0x9E37_79B9_7F4A_7C15), 0x5899_65CC_7537_4CC3 ^ salt) &+ left
  }

  private func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
