/// Breaks text into lines of a given number of columns: at spaces, between wide characters, and inside a word only where it is
/// longer than a line.
///
/// Complexity: O(length of the text).
struct LineBreaker {
  private let width: Int
  private var lines: [StyledText] = []
  private var line = Row()
  private var word = Row()

  private init(width: Int) { self.width = width }

  /// The lines of the text; one empty line for empty text. Spaces at a break are dropped.
  static func lines(of text: StyledText, width: Int) -> [StyledText] {
    var breaker = LineBreaker(width: width)
    for run in text.runs {
      for character in run.text { breaker.take(Cell(character: character, width: DisplayWidth.of(character), style: run.style)) }
    }
    breaker.endWord()
    if !breaker.line.cells.isEmpty || breaker.lines.isEmpty { breaker.endLine() }
    return breaker.lines
  }

  private mutating func take(_ cell: Cell) {
    if cell.character == " " {
      endWord()
      // Spaces at the start of the text indent it; after a break they only stood between two words.
      if !line.cells.isEmpty || lines.isEmpty { line.append(cell) }
    } else if cell.width == 2 {
      endWord()
      word.append(cell)
      endWord()
    } else {
      word.append(cell)
    }
  }

  private mutating func endWord() {
    if line.width + word.width > width, !line.cells.isEmpty { endLine() }
    for cell in word.cells {
      if line.width + cell.width > width, !line.cells.isEmpty { endLine() }
      line.append(cell)
    }
    word = Row()
  }

  private mutating func endLine() {
    while line.cells.last?.character == " " { line.cells.removeLast() }
    var text = StyledText()
    for cell in line.cells { text.append(String(cell.character), cell.style) }
    lines.append(text)
    line = Row()
  }

  private struct Cell {
    let character: Character
    let width: Int
    let style: StyledText.Style
  }

  private struct Row {
    var cells: [Cell] = []
    var width = 0

    mutating func append(_ cell: Cell) {
      cells.append(cell)
      width += cell.width
    }
  }
}
