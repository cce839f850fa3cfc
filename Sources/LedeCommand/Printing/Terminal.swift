import Foundation

/// What standard output can show.
struct Terminal {
  /// The columns of a line.
  let width: Int
  /// Whether a person looks at it, rather than a file or another program.
  let isInteractive: Bool
  /// Whether bold and dim may be used: on a terminal, and never with `NO_COLOR`.
  let usesStyle: Bool

  /// The columns where the output is not a terminal.
  static let usualWidth = 100
  // Longer lines than this are hard to read, however wide the window.
  private static let greatestWidth = 120
  private static let smallestWidth = 40

  /// A terminal of this width; for tests.
  init(width: Int, usesStyle: Bool) {
    self.width = width
    self.usesStyle = usesStyle
    isInteractive = true
  }

  /// The terminal behind a file descriptor, or plain lines of 100 columns where there is none.
  init(descriptor: Int32) {
    let isTerminal = Terminal.isTerminal(descriptor)
    isInteractive = isTerminal
    let columns = isTerminal ? Terminal.columns(of: descriptor) : nil
    let environment = ProcessInfo.processInfo.environment
    width = columns.map { min(max($0, Terminal.smallestWidth), Terminal.greatestWidth) } ?? Terminal.usualWidth
    usesStyle = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// The terminal of the results.
  static let results = Terminal(descriptor: STDOUT_FILENO)

  /// Whether a file descriptor is a terminal.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  private static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
