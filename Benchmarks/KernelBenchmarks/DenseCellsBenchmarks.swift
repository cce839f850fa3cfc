import Benchmark
import BitKernels

/// Bounds of frequent words, by groups and by candidates.
func denseCellsBenchmarks() {
  let documentCount = 1 << 16
  let cells = (0..<documentCount).map { UInt8(truncatingIfNeeded: ($0 &* 0x9E37_79B9) >> 16) }
  // One group of twelve is worth a look in an ordinary query, all over the archive.
  let groups = stride(from: UInt32(0), to: UInt32(documentCount / DenseCells.groupSize), by: 12).map { $0 }
  Benchmark("DenseCells.add and keepAbove: documents") { benchmark in
    var sums = [UInt16](repeating: 0, count: groups.count * DenseCells.groupSize)
    var masks = [UInt64](repeating: .max, count: groups.count)
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: groups.count * DenseCells.groupSize) { _ in
      for place in sums.indices { sums[place] = 0 }
      DenseCells.add(cells, of: groups, count: groups.count, weight: 300, to: &sums)
      DenseCells.keepAbove(4_000, sums: sums, masks: &masks, count: groups.count)
    }
    benchmark.stopMeasurement()
    blackHole(masks)
  }
  // A word in one document of 64.
  let present = (0..<documentCount / DenseCells.groupSize).map { UInt64(1) << UInt64(truncatingIfNeeded: $0 &* 29 & 63) }
  let before = DenseCells.countsBefore(present)
  let ranked = Array(cells[..<present.count])
  Benchmark("DenseCells.add of a rarer word: groups") { benchmark in
    var sums = [UInt16](repeating: 0, count: groups.count * DenseCells.groupSize)
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: groups.count) { _ in
      DenseCells.add(ranked, present: present, before: before, of: groups, count: groups.count, weight: 300, to: &sums)
    }
    benchmark.stopMeasurement()
    blackHole(sums)
  }
  let candidates = stride(from: UInt32(5), to: UInt32(documentCount), by: 200).map { $0 }
  Benchmark("DenseCells.addReach: candidates") { benchmark in
    var reaches = [Double](repeating: 0, count: candidates.count)
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: candidates.count) { _ in
      DenseCells.addReach(cells, unit: 0.25, documents: candidates, to: &reaches, count: candidates.count)
    }
    benchmark.stopMeasurement()
    blackHole(reaches)
  }
}
