import SearchAPI

/// The tables of `lede bench`.
struct BenchmarkReport {
  let backends: [String]

  /// What building took: a row per property, a column per backend.
  func buildLines(_ builds: [IndexingSummary.Record]) -> [String] {
    var table = Table()
    table.append(["built"] + backends)
    table.append(["time"] + builds.map { Figures.duration(.seconds($0.seconds)) })
    table.append(["speed"] + builds.map { Figures.rate(bytes: $0.textBytes, in: .seconds($0.seconds)) })
    table.append(["memory at most"] + builds.map { Figures.bytes($0.peakMemoryBytes) })
    table.append(["index size"] + builds.map { Figures.bytes($0.indexBytes) })
    let share = builds.map { $0.textBytes == 0 ? 0 : Double($0.indexBytes) / Double($0.textBytes) * 100 }
    table.append(["of the text"] + share.map { "\(Figures.decimal($0, places: 0)) %" })
    return table.lines()
  }

  /// Times per kind of query, and whether the backends agree.
  func queryLines(_ measurements: [QueryMeasurement]) -> [String] {
    var table = Table()
    table.append(["kind", "queries"] + backends.flatMap { ["\($0) p50", "p95", "p99"] } + ["ratio", "counts equal", "overlap"])
    for kind in QueryKind.allCases {
      let ofKind = measurements.filter { $0.kind == kind }
      if !ofKind.isEmpty { table.append(row(kind.rawValue, ofKind)) }
    }
    table.append(row("all", measurements))
    return table.lines()
  }

  private func row(_ name: String, _ measurements: [QueryMeasurement]) -> [String] {
    let percentiles = backends.indices.map { index in Percentiles(measurements.map { $0.times[index] }) }
    let equalCount = measurements.count { $0.hasEqualCounts }
    let overlap = measurements.reduce(0) { $0 + $1.overlap } / Double(measurements.count)
    return [name, Figures.count(measurements.count)]
      + percentiles.flatMap { times in [0.5, 0.95, 0.99].map { Figures.measurement(times[$0]) } }
      + [ratio(measurements), "\(equalCount) of \(measurements.count)", Figures.decimal(overlap, places: 3)]
  }

  /// How many times as long the second backend takes, over the sum of all times: `1 : 43`.
  private func ratio(_ measurements: [QueryMeasurement]) -> String {
    let sums = backends.indices.map { index in measurements.reduce(Duration.zero) { $0 + $1.times[index] } }
    let ratio = sums[1] / max(sums[0], .nanoseconds(1))
    return "1 : \(Figures.decimal(ratio, places: ratio < 9.95 ? 1 : 0))"
  }
}
