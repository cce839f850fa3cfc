import Foundation

/// The line that shows how far indexing is, on standard error where that is a terminal; silent otherwise.
///
///     Reading 21,578 articles  ━━━━━━━━━━━━━━━━━╸━━━━  81 %  61 MB/s  2 s left
struct ProgressBar {
  private let terminal: Terminal
  private let isShown: Bool
  private let start: ContinuousClock.Instant
  private var lastUpdate: ContinuousClock.Instant?
  private static let interval = Duration.milliseconds(100)
  private static let widestBar = 40
  /// Columns left free at the end, so that the `^C` a terminal echoes does not wrap the line.
  private static let margin = 3

  /// A bar that starts now, on standard error.
  init() {
    self.init(terminal: Terminal(descriptor: STDERR_FILENO), isShown: Terminal.isTerminal(STDERR_FILENO))
  }

  init(terminal: Terminal, isShown: Bool) {
    self.terminal = terminal
    self.isShown = isShown
    start = .now
  }

  /// Shows how far it is, at most ten times a second.
  mutating func update(articles: Int, bytesRead: Int, bytesInAll: Int?) {
    guard isShown else { return }
    let now = ContinuousClock.now
    if let lastUpdate, now - lastUpdate < ProgressBar.interval { return }
    lastUpdate = now
    Messages.raw("\r" + line(articles: articles, bytesRead: bytesRead, bytesInAll: bytesInAll, elapsed: now - start) + "\u{1B}[K")
  }

  /// Takes the bar off the screen.
  mutating func clear() {
    guard lastUpdate != nil else { return }
    Messages.raw("\r\u{1B}[K")
    lastUpdate = nil
  }

  /// The line as shown; without a total there is nothing to measure a bar by.
  func line(articles: Int, bytesRead: Int, bytesInAll: Int?, elapsed: Duration) -> String {
    let head = "Reading \(Figures.count(articles, "article"))"
    let rate = Figures.rate(bytes: bytesRead, in: elapsed)
    guard let bytesInAll, bytesInAll > 0 else {
      return "\(head)  \(Figures.bytes(bytesRead))  \(rate)".cut(toColumns: terminal.width - ProgressBar.margin)
    }
    let fraction = min(1, Double(bytesRead) / Double(bytesInAll))
    var tail = "\(Figures.count(Int(fraction * 100)).rightAligned(inColumns: 3)) %  \(rate)"
    if fraction > 0.01 {
      tail += "  \(Figures.wholeSeconds(elapsed / fraction - elapsed)) left"
    }
    let room = min(ProgressBar.widestBar, terminal.width - ProgressBar.margin - DisplayWidth.of(head) - DisplayWidth.of(tail) - 4)
    guard room >= 8 else { return "\(head)  \(tail)".cut(toColumns: terminal.width - ProgressBar.margin) }
    return "\(head)  \(bar(fraction, columns: room))  \(tail)"
  }

  private func bar(_ fraction: Double, columns: Int) -> String {
    let halves = Int(fraction * Double(columns * 2))
    let done = String(repeating: "━", count: halves / 2) + (halves.isMultiple(of: 2) ? "" : "╸")
    let rest = columns - (halves + 1) / 2
    var text = StyledText(done)
    text.append(String(repeating: terminal.usesStyle ? "━" : " ", count: rest), .dim)
    return text.rendered(on: terminal)
  }
}
