import Glibc
import Tables
import Testing
import TestSupport

/// Whether `path` can be run.
private func isProgram(_ path: String) -> Bool { access(path, X_OK) == 0 }

/// The built `mitigate`: `$WARD_BIN/mitigate`, else the one beside the tests; nil if there is none.
private let program: String? = {
  let parts = CommandLine.arguments[0].split(separator: "/", omittingEmptySubsequences: false)
  var folders = [parts.dropLast().joined(separator: "/")]
  if let named = getenv("WARD_BIN") { folders.insert(String(cString: named), at: 0) }
  return folders.map { "\($0)/mitigate" }.first(where: isProgram)
}()

private let canRun =
  Privileges.areAll && program != nil
  && ["/usr/sbin/nft", "/usr/sbin/ip", "/usr/bin/ping"].allSatisfy(isProgram)

/// A ward and an attacker, each in a network namespace of its own, and the real kernel between them.
@Suite(.enabled(if: canRun, "needs root, nft, ip, ping and a built mitigate (WARD_BIN)"))
struct NamespaceTests {
  /// Runs `script` in bash with helpers, and returns what it prints, a word a step.
  private func play(_ script: String) throws -> [Substring] {
    var writer = RowWriter(header: .verdict)
    for (row, source) in ["10.77.0.2", "10.77.0.2", "10.77.0.2", "10.77.0.1", "10.77.0.1"]
      .enumerated()
    {
      let judged = verdict(from: source, row: row + 1, detectors: .portScan)
      write(judged, to: &writer)
    }
    let name = "/tmp/ward-netns-\(getpid())-\(UInt32.random(in: 0...(.max)))"
    let rows = String(decoding: writer.bytes, as: UTF8.self)
    let text = Self.helpers + script
    for (file, content) in [("\(name).csv", rows), ("\(name).sh", text)] {
      let stream = try #require(fopen(file, "w"))
      fputs(content, stream)
      fclose(stream)
    }
    defer { for end in ["csv", "sh"] { unlink("\(name).\(end)") } }
    let command = "timeout 600 bash \(name).sh \(program ?? "-") \(name).csv 2>\(name).log"
    let pipe = try #require(popen(command, "r"))
    var output: [UInt8] = []
    while case let byte = fgetc(pipe), byte != EOF {
      output.append(UInt8(truncatingIfNeeded: byte))
    }
    let status = pclose(pipe)
    if status == 0 { unlink("\(name).log") }
    #expect(status == 0, "see \(name).log")
    return String(decoding: output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
  }

  /// `ward` and `attacker` run a command there; `reach` pings the ward; `start` and `stop` the stage;
  /// `feed` hands it the rows and waits for the answer.
  private static let helpers = #"""
    set -u
    mitigate=$1 rows=$2 id=$$ stage=
    w=wardt$id a=wardx$id dir=$(mktemp -d)
    end() {
      [[ -n $stage ]] && { kill "$stage"; wait "$stage"; }
      ip netns del "$w"; ip netns del "$a"; rm -rf "$dir"
    }
    trap end EXIT
    ward() { ip netns exec "$w" "$@"; }
    attacker() { ip netns exec "$a" "$@"; }
    reach() { attacker ping -c 1 -w 3 -I "$1" 10.77.0.1 >&2 && echo passes || echo stopped; }
    start() {
      : >"$dir/log"
      ip netns exec "$w" "$mitigate" --spool "$dir/spool" --backend nftables \
        --whitelist "$dir/whitelist.txt" 2>"$dir/log" & stage=$!
      await grep -q ready "$dir/log"
    }
    stop() { kill "$stage"; wait "$stage"; stage=; }
    await() {
      local n
      for ((n = 0; n < 12000; n++)); do "$@" 2>/dev/null && return; read -r -t 0.01 <> <(:) || :; done
      echo "gave up: $*"
    }
    feed() {
      local name=20250506T010900.000000Z-20250506T010901.000000Z-test-$1.csv
      cp "$rows" "$dir/spool/malicious/tmp/$name"
      mv "$dir/spool/malicious/tmp/$name" "$dir/spool/malicious/new/$name"
      await test -e "$dir/spool/mitigated/new/$name"
    }
    order() { ward "$mitigate" "$@" --spool "$dir/spool" --whitelist "$dir/whitelist.txt" >&2; echo $?; }
    dropped() { ward nft list set inet ward blocked4 | grep -oE '10\.77\.0\.[0-9]+' | sort | paste -sd+; }
    : >"$dir/whitelist.txt"
    ip netns add "$w"; ip netns add "$a"
    ip link add wv$id netns "$w" type veth peer name wx$id netns "$a"
    ward ip addr add 10.77.0.1/24 dev wv$id; ward ip link set wv$id up
    for n in 2 3 4; do attacker ip addr add 10.77.0.$n/24 dev wx$id; done
    attacker ip link set wx$id up

    """#

  @Test func `a blocked source stops, is counted, and others pass`() throws {
    let words = try play(
      #"""
      ward nft 'add table ip other; add chain ip other c { type filter hook output priority 0; }'
      ward nft list ruleset >"$dir/before"
      start; reach 10.77.0.2; feed 00000001; reach 10.77.0.2; reach 10.77.0.3
      ward nft list set inet ward blocked4 | grep -q 'packets [1-9]' && echo counts
      ward nft list table ip other | cmp - "$dir/before" >&2 && echo untouched
      stop; reach 10.77.0.2; dropped
      """#)
    #expect(
      words == ["passes", "stopped", "passes", "counts", "untouched", "stopped", "10.77.0.2"])
  }

  @Test func `a block ends in the kernel, though the stage is gone`() throws {
    let words = try play(
      #"""
      start; order block 10.77.0.3 --for 10 --why test; dropped; stop
      gone() { [[ -z $(dropped) ]]; }
      await gone; reach 10.77.0.3
      """#)
    #expect(words == ["0", "10.77.0.3", "passes"])
  }

  @Test func `after a restart the kernel holds what the list holds`() throws {
    let words = try play(
      #"""
      start; order block 10.77.0.3 --for 10m --why test; order block 10.77.0.4 --for 10m --why test
      stop
      ward nft delete element inet ward blocked4 '{ 10.77.0.3 }'
      ward nft add element inet ward blocked4 '{ 10.77.0.99 timeout 1h }'
      start; dropped; stop
      ward nft delete table inet ward
      start; dropped; stop
      ward nft 'delete table inet ward; add table inet ward; add set inet ward blocked4 { type ipv6_addr; }'
      start; dropped
      """#)
    #expect(
      words == ["0", "0", "10.77.0.3+10.77.0.4", "10.77.0.3+10.77.0.4", "10.77.0.3+10.77.0.4"])
  }

  @Test func `people block, lift, check, and are refused`() throws {
    let words = try play(
      #"""
      start
      order block 10.77.0.3 --for 1h --why test; order check 10.77.0.3; reach 10.77.0.3
      order unblock 10.77.0.3 --why test; order check 10.77.0.3; reach 10.77.0.3
      order block 10.77.0.1 --why test; order unblock --all --why test
      stop
      order block 10.77.0.3 --for 1h --why test; dropped
      order unblock --all --why test; order check 10.77.0.3
      """#)
    #expect(
      words == ["0", "0", "stopped", "0", "1", "passes", "1", "1", "0", "10.77.0.3", "0", "1"])
  }

  @Test func `a new whitelist line lifts a block, a broken one changes nothing`() throws {
    let words = try play(
      #"""
      start; feed 00000001; dropped
      echo 'not an address' >"$dir/whitelist.txt"; await grep -q 'unable to use' "$dir/log"; dropped
      echo '10.77.0.2 # pump' >"$dir/whitelist.txt"; await grep -q 'lifted' "$dir/log"
      gone() { [[ -z $(dropped) ]]; }
      await gone; reach 10.77.0.2
      feed 00000002; grep -c 'spared.*whitelist.txt:1' "$dir"/spool/mitigated/new/*00000002.csv
      """#)
    #expect(words == ["10.77.0.2", "10.77.0.2", "passes", "3"])
  }

  @Test func `a table that somebody flushed is made again with the next block`() throws {
    let words = try play(
      #"""
      start; order block 10.77.0.3 --for 1h --why test; ward nft flush ruleset
      order block 10.77.0.4 --for 1h --why test; dropped
      """#)
    #expect(words == ["0", "0", "10.77.0.3+10.77.0.4"])
  }
}
