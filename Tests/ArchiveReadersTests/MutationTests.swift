import ArchiveReaders
import SearchAPI
import Testing

@Suite("Damaged input")
struct MutationTests {
  static let samples: [(name: String, bytes: [UInt8])] = {
    let json = Array(
      #"{"id":"1","title":"T \u00e9\ud83e\uddc0","body":["B","C"],"date":1615298700,"author":{"x":[1,{"y":null}]}}"#.utf8)
    let table = Array("id,title,body,date\n1,\"a \"\"b\"\"\",\"c\nd\",2021-03-09\n2,e,f,9 March 2021\r\n".utf8)
    return [
      ("a.jsonl", json + [0x0A] + json), ("a.json", [0x5B] + json + [0x2C] + json + [0x5D]), ("a.csv", table),
      ("2021/a.tsv", table.map { $0 == 0x2C ? 0x09 : $0 }), ("2021-03-09.txt", Array("Title\n\nBody é".utf8)),
      ("a.md", Array("---\ntitle: \"T\"\ndate: x\n---\nText".utf8)),
      ("a.sgm", Array((ReutersTests.record + ReutersTests.record).utf8)), ("a.jsonl.gz", gzip(json)), ("a.csv.zst", zstd(table)),
    ]
  }()

  /// `LEDE_LONG=1` reads damaged files of each format for a minute.
  private static let duration = Duration.milliseconds(SharedData.runsLongTests ? 60_000 : 250)

  @Test("Whatever bytes a file holds, reading ends, and delivers no more than there can be", arguments: samples.indices)
  func anyBytes(index: Int) throws {
    let sample = MutationTests.samples[index]
    var generator = SeededGenerator(seed: UInt64(index + 1))
    let end = ContinuousClock.now + MutationTests.duration
    var rounds = 0
    while ContinuousClock.now < end || rounds < 10 {
      rounds += 1
      var bytes = sample.bytes
      for _ in 0..<Int.random(in: 1..<12, using: &generator) {
        let place = Int.random(in: 0..<max(bytes.count, 1), using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0 where !bytes.isEmpty: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1 where !bytes.isEmpty: bytes[place] ^= UInt8(1 << Int.random(in: 0..<8, using: &generator))
        case 2: bytes.insert(Array("{}[]\"\\,\n\r<>&;/#0\u{0}".utf8).random(using: &generator), at: min(place, bytes.count))
        case 3 where !bytes.isEmpty: bytes.removeSubrange(place..<min(bytes.count, place + 7))
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: min(place, bytes.count))
        }
      }
      let reading = try Reading(file: sample.name, bytes, options: ReadingOptions(maximumArticleBytes: 200))
      #expect(reading.articles.count + reading.skipped.count <= bytes.count + 1, "round \(rounds), \(sample.name)")
      #expect(reading.articles.allSatisfy { !$0.id.isEmpty }, "round \(rounds), \(sample.name)")
      #expect(reading.bytesRead == bytes.count, "round \(rounds), \(sample.name)")
    }
    print("fuzzing, reader of \(sample.name): \(rounds) inputs, 0 crashes")
  }
}
