/// Rows of cells set in columns: the first left-aligned, the others right-aligned, two spaces between them.
struct Table {
  private var rows: [[String]] = []

  /// Appends a row.
  mutating func append(_ cells: [String]) { rows.append(cells) }

  /// The lines of the table.
  func lines(indent: Int = 0) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { column in
        column == 0 ? row[0].leftAligned(inColumns: widths[0]) : row[column].rightAligned(inColumns: widths[column])
      }
      let line = String(repeating: " ", count: indent) + cells.joined(separator: "  ")
      return line.trimmedAtEnd
    }
  }
}
