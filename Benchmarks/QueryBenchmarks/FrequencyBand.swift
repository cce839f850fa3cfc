/// Words by the share of articles that contain them.
enum FrequencyBand {
  /// At least a tenth.
  case frequent
  /// At least a hundredth.
  case medium
  /// Fewer, but two.
  case rare

  /// The numbers of articles, of so many, that words of the band are in.
  func documentCounts(of total: Int) -> Range<Int> {
    switch self {
    case .frequent: max(3, total / 10)..<total + 1
    case .medium: max(3, total / 100)..<max(3, total / 10)
    case .rare: 2..<max(3, total / 100)
    }
  }
}
