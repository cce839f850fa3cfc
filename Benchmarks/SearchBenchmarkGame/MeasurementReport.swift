import Foundation

/// The results file, with the names that `Benchmarks/Peers` uses for every engine.
struct MeasurementReport: Encodable {
  let engine: String
  let index: String
  let queries: String
  let iters: Int
  let results: [String: [Measurement]]

  func write(to path: String) throws { try JSONEncoder().encode(self).write(to: URL(fileURLWithPath: path)) }
}
