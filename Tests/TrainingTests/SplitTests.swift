import Tables
import Testing
import Training

struct SplitTests {
  @Test(arguments: 1...8) func `folds never share a group`(seed: UInt64) {
    let samples = Fixture.samples(groups: 7, rows: 9, seed: seed)
    let splits = samples.folds(Array(0..<samples.count), count: 4, seed: seed)
    #expect(splits.count == 4)
    for split in splits {
      let learned = Set(split.learn.map { samples.group($0) })
      #expect(learned.isDisjoint(with: split.test.map { samples.group($0) }))
      #expect(split.learn.count + split.test.count == samples.count)
    }
    #expect(splits.flatMap(\.test).sorted() == Array(0..<samples.count))
  }

  @Test func `a class of few captures is spread over the folds`() {
    var samples = Samples(columns: [.packets])
    for group in 0..<40 {
      samples.append([Float(group)], label: "BENIGN", group: "quiet/\(group)")
    }
    for group in 0..<4 {
      samples.append([Float(group)], label: "ARP_SPOOF", group: "loud/\(group)")
    }
    samples.arrange()
    let splits = samples.folds(Array(0..<samples.count), count: 4, seed: 3)
    for split in splits { #expect(samples.counts(split.test) == [10, 1]) }
  }

  @Test func `one group makes no folds`() {
    let samples = Fixture.samples(groups: 1)
    #expect(samples.folds(Array(0..<samples.count), count: 5, seed: 1).isEmpty)
  }

  @Test func `a split by time cuts each capture, or a table between two days`() {
    var samples = Samples(columns: [.packets])
    let day: Int64 = 86_400_000_000
    for row in 0..<10 {
      samples.append(
        [Float(row)], label: "BENIGN", group: "a/1",
        time: Int64(row < 4 ? 1 : 2) * day + Int64(row))
    }
    samples.arrange()
    let rows = Array(0..<10)
    #expect(samples.timeSplit(rows, share: 0.7, byDay: false).test == [7, 8, 9])
    #expect(samples.timeSplit(rows, share: 0.7, byDay: true).learn == [0, 1, 2, 3])
  }

  @Test func `a random split takes its share of every class`() {
    let samples = Fixture.samples(groups: 2, rows: 50)
    let split = samples.randomSplit(Array(0..<samples.count), share: 0.2, seed: 9)
    #expect(samples.counts(split.test) == [20, 20, 20])
    #expect((split.learn + split.test).sorted() == Array(0..<samples.count))
  }

  @Test func `cleaning collapses, thins evenly and drops idle columns`() {
    var samples = Samples(columns: [.packets, .bytes, .fin, .syn])
    for row in 0..<30 {
      let value = Float(row / 2)
      samples.append([value, value, 7, 15 - value], label: "BENIGN", group: row < 24 ? "a" : "b")
    }
    samples.append([1, 1, 7, 14], label: "PORT_SCAN", group: "a")
    samples.append([1, 1, 7, 14], label: "PORT_SCAN", group: "a", weight: 10)
    samples.arrange()
    let report = samples.clean(most: 6, seed: 1)
    #expect(report.rows == 32)
    #expect(report.duplicates == 16)
    #expect(report.thinned == ["BENIGN": 9])
    #expect(report.constant == ["fin"])
    #expect(report.repeated == ["bytes": "packets"])
    #expect(samples.columns == [.packets, .syn])
    #expect((0..<samples.count).count { samples.group($0) == "b" } == 3)
    #expect(samples.weights.max() == 10)
  }
}
