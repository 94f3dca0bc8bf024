import Foundation
import Testing
import Time

private let canRun =
  Network.isAllowed && House.isBuilt && House.has("hping3", "python3", "tail", "setpriv")

extension ProgramTests {
  /// How long an attacker has, from the first packet on the wire to the rule in the kernel. It is
  /// printed: how fast a machine is proves nothing.
  @Suite(
    .enabled(if: canRun, "needs root, ip, nft, hping3, python3 and built programs (WARD_BIN)"),
    .timeLimit(.minutes(30)))
  struct LatencyTests {
    private static let attacks = 20

    /// Every attack has an attacker's address and a target's of its own, so that none gains by what
    /// the one before it left in the windows. Odd ones scan ports, even ones flood one.
    @Test func `each of twenty attacks is blocked while it goes on, and nobody else is`() throws {
      let network = try Network()
      let scratch = try Scratch()
      let attacker = try network.addHost(2)
      let server = try WebServer(on: network, in: scratch)
      let monitor = try network.monitor()
      let pipeline = try Pipeline(on: network, in: scratch, whitelist: "")
      var scans: [Double] = []
      var floods: [Double] = []
      for number in 0..<Self.attacks {
        let target = "10.99.0.\(200 + number)"
        let source = "10.99.0.\(100 + number)"
        try network.addAddress(target)
        try network.addAddress(source, to: attacker)
        let script = number % 2 == 1 ? Self.scan : Self.flood
        let phase = 0.25 * Double(number) / Double(Self.attacks)
        let attack = try Child(
          network.at(
            attacker, "python3", "-c", Self.begin + script, source, target, "\(phase)"))
        let began = try #require(Double(attack.line(by: .generous) ?? ""))
        try monitor.line(with: "add element inet ward blocked4", "{ \(source) ", by: .generous)
        let milliseconds = (now() - began) * 1_000
        if number % 2 == 1 { scans.append(milliseconds) } else { floods.append(milliseconds) }
        try attack.stop(by: .generous)
      }
      let sources = (0..<Self.attacks).map { "10.99.0.\(100 + $0)" }
      #expect(try Set(network.blocked().keys) == Set(sources))
      #expect(try pipeline.stop() == 0)
      withExtendedLifetime(server) {}
      let all = Distribution(scans + floods)
      print(
        "first packet to rule, \(Self.attacks) attacks: \(all); scans: \(Distribution(scans));"
          + " floods: \(Distribution(floods))")
    }

    /// Waits for its place in the quarter of a second that capture cuts time into, or all attacks would
    /// begin where the block before them fell. Then says when it began, in seconds since 1970.
    private static let begin = #"""
      import itertools, os, select, socket, sys, time
      source, target, phase = sys.argv[1:]
      select.select([], [], [], (float(phase) - time.time()) % 0.25)
      print(time.time(), flush=True)

      """#

    /// Connects to one closed port after the other, 400 a second, until it is told to stop.
    private static let scan = #"""
      for port in itertools.cycle(range(1000, 3000)):
          probe = socket.socket()
          probe.bind((source, 0))
          probe.setblocking(False)
          probe.connect_ex((target, port))
          select.select([], [], [], 0.0025)
          probe.close()
      """#

    /// 2,000 SYN a second, until it is told to stop. Its first is a little later than it says: what is measured is at most more.
    private static let flood = #"""
      options = ["-q", "-S", "-p", "80", "-i", "u500"]
      os.execvp("hping3", ["hping3", "-a", source] + options + [target])
      """#

    /// Seconds since 1970.
    private func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
  }
}

/// Times in milliseconds, summed up.
private struct Distribution: CustomStringConvertible {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  var description: String {
    let words = [("median", 0.5), ("p90", 0.9), ("max", 1.0)].map {
      "\($0) \(Int(quantile($1).rounded())) ms"
    }
    return words.joined(separator: ", ")
  }

  /// The smallest value that is not below a share of all.
  private func quantile(_ share: Double) -> Double {
    let rank = Int((share * Double(sorted.count)).rounded(.up))
    return sorted.isEmpty ? 0 : sorted[min(max(rank, 1), sorted.count) - 1]
  }
}
