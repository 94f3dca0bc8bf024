import Firewall
import Tables
import Testing

struct PolicyTests {
  private func facts(
    rows: Int = 3, verified: Int = 3, byModelAlone: Bool = false, sparedBy: String? = nil,
    block: Block? = nil,
    place: Place = Place(segment: "s", row: 1), braked: Bool = false
  ) -> Policy.Facts {
    var tally = Tally()
    tally.rows = rows
    tally.byModel = byModelAlone
    tally.byDetectors = !byModelAlone
    tally.verifiedRows = verified
    tally.verifiedByModel = byModelAlone && verified > 0
    tally.verifiedByDetectors = !byModelAlone && verified > 0
    return Policy.Facts(
      sparedBy: sparedBy, block: block, place: place, tally: tally, braked: braked,
      until: seconds(600))
  }

  private func policy(_ mode: Mode) -> Policy {
    var policy = Policy()
    policy.mode = mode
    return policy
  }

  private let held = Block(
    prefix: prefix("192.0.2.9"), since: noon, until: seconds(600), returns: 0, by: "ward",
    place: Place(segment: "s", row: 1), reason: "PORT_SCAN")

  @Test(arguments: [
    (Mode.enforce, Action.blocked), (.advise, .advised), (.observe, .observed),
  ])
  func `the mode says how far to go`(_ mode: Mode, _ action: Action) {
    #expect(policy(mode).decide(facts()).action == action)
  }

  @Test func `a block is decided with its end and its evidence`() {
    #expect(
      Policy().decide(facts())
        == Decision(.blocked, "3 of 3 flows in 10 s by detectors", expires: seconds(600)))
  }

  @Test(arguments: Mode.allCases)
  func `below the bar a row only counts`(_ mode: Mode) {
    let decision = policy(mode).decide(facts(rows: 2))
    #expect(decision == Decision(.counted, "2 of 3 flows in 10 s by detectors"))
  }

  @Test(arguments: Mode.allCases)
  func `a rule spares, and is named`(_ mode: Mode) {
    let decision = policy(mode).decide(facts(sparedBy: "whitelist.txt:7 10.0.0.0/24"))
    #expect(decision.action == .spared && decision.sparedBy == "whitelist.txt:7 10.0.0.0/24")
  }

  @Test(arguments: Mode.allCases)
  func `a source that may be forged is not blocked`(_ mode: Mode) {
    let decision = policy(mode).decide(facts(verified: 0))
    #expect(decision.action == .unverified && decision.reason.contains("spoofed"))
  }

  @Test func `rows that do not prove their source add nothing to those that do`() {
    #expect(Policy().decide(facts(rows: 30, verified: 2)).action == .unverified)
  }

  @Test func `the model alone advises, unless it is told to block`() {
    var policy = Policy()
    #expect(policy.decide(facts(byModelAlone: true)).action == .advised)
    policy.modelMayBlock = true
    #expect(policy.decide(facts(byModelAlone: true)).action == .blocked)
  }

  @Test func `the brake holds`() {
    #expect(Policy().decide(facts(braked: true)).action == .braked)
    #expect(policy(.advise).decide(facts(braked: true)).action == .advised)
  }

  @Test func `a blocked source is not blocked twice`() {
    let decision = Policy().decide(facts(block: held, place: Place(segment: "t", row: 1)))
    #expect(decision.action == .alreadyBlocked && decision.expires == held.until)
  }

  @Test func `the row that made the block says so again when it is read again`() {
    #expect(Policy().decide(facts(block: held)).action == .blocked)
  }

  @Test(arguments: [
    (verdict(from: "192.0.2.9", attack: .benign), Action.none),
    (verdict(from: "192.0.2.9", attack: .unknown), .none),
    (verdict(from: "0.0.0.0"), .advised), (verdict(from: "::"), .advised),
    (verdict(from: "192.0.2.9", folded: 90, foldedSources: 40), .advised),
    (verdict(from: "192.0.2.9", attack: .arpSpoof), .advised),
    (verdict(from: "192.0.2.9", attack: .portScan, ipProtocol: 0), .advised),
    (verdict(from: "192.0.2.9", confidence: 0.69, byModel: true), .counted),
    (
      verdict(from: "192.0.2.9", confidence: 0.49, byModel: false, detectors: .portScan), .counted
    ),
  ])
  func `some rows need no look at the source's past`(_ row: Verdict, _ action: Action) {
    #expect(Policy().decideAlone(row)?.action == action)
  }

  @Test(arguments: [
    verdict(from: "192.0.2.9", confidence: 0.70),
    verdict(from: "192.0.2.9", confidence: 0.55, byModel: false, detectors: .portScan),
  ])
  func `rows that count do`(_ row: Verdict) {
    #expect(Policy().decideAlone(row) == nil)
  }
}

struct BlockTimesTests {
  @Test func `each return doubles the block, to a week at most`() {
    let times = BlockTimes()
    #expect((0...4).map(times.length) == [600, 1_200, 2_400, 4_800, 9_600])
    #expect(times.length(returns: 60) == 604_800 && times.length(returns: .max) == 604_800)
  }
}

struct BrakeTests {
  @Test func `so many blocks a minute and no more`() {
    var brake = Brake(perMinute: 2)
    brake.count(noon)
    let first = brake.isOn(seconds(1))
    brake.count(seconds(30))
    let later = [59, 60].map { brake.isOn(seconds($0)) }
    #expect(!first && later == [true, false])
  }

  @Test func `a brake of none lets nothing through`() {
    var brake = Brake(perMinute: 0)
    let isOn = brake.isOn(noon)
    #expect(isOn)
  }
}
