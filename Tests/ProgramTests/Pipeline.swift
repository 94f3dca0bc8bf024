import Foundation
import Testing

/// All five stages under `scripts/supervise`.
final class Pipeline {
  private let supervisor: Child
  private let logs: Child

  /// Starts the stages, listening in a network's ward and blocking there, and waits until all are
  /// ready.
  convenience init(on network: Network, in scratch: Scratch, whitelist: String) throws {
    let list = scratch.put("whitelist.txt", whitelist)
    try self.init(
      in: scratch, at: network.inWard(), ready: House.stages[...],
      "--interface", Network.interface, "--mode", "enforce", "--backend", "nftables",
      "--whitelist", list)
  }

  /// Starts the stages, and waits until `capture` has read all of a file and the others are ready.
  convenience init(reading file: String, in scratch: Scratch) throws {
    try self.init(
      in: scratch, at: [], ready: House.stages.dropFirst(), "--read", file, "--backend", "simulate")
    try supervisor.line(with: "ward: capture: done", by: .generous)
  }

  private init(
    in scratch: Scratch, at place: [String], ready stages: ArraySlice<String>, _ options: String...
  ) throws {
    let folder = "\(scratch.spool)/log"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let files = (House.stages + ["warnings"]).map { "\(folder)/\($0).log" }
    // With all files there, tail hears of each line by inotify and never looks again by the clock.
    for file in files { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    logs = try Child(["tail", "-q", "-n", "+1", "-f"] + files)
    // A queue is emptied at the end however long that takes here.
    supervisor = try Child(
      place + [
        House.script("supervise"), "start", "--spool", scratch.spool, "--bin", House.programs,
        "--patience", "180",
      ] + options, errors: .joined)
    var awaited = Set(stages)
    while !awaited.isEmpty {
      let line = try logs.line(with: ": ready", by: .generous)
      awaited = awaited.filter { !line.contains("\($0): ready") }
    }
  }

  /// Waits for a line in a stage's log or among the warnings.
  @discardableResult
  func says(_ words: String..., by deadline: Deadline) throws -> String {
    while let line = try logs.line(by: deadline) {
      if words.allSatisfy({ line.contains($0) }) { return line }
    }
    throw TooLate(description: "nobody said \(words)")
  }

  /// Stops the supervisor with SIGTERM; its exit status.
  func stop() throws -> CInt { try supervisor.stop(by: .generous).status }

  /// The same, but it is told a second time while it stops.
  func stopTwice() throws -> CInt {
    supervisor.signal(SIGTERM)
    try supervisor.line(with: "ward: stopping", by: .generous)
    return try stop()
  }

  deinit {
    // Its stages end with it: they asked the kernel for that, and TERM lets it see to them itself.
    _ = try? stop()
  }
}

/// A HTTP server in the ward, on port 80 of all its addresses.
final class WebServer {
  private let server: Child

  init(on network: Network, in scratch: Scratch) throws {
    let folder = "\(scratch.path)/site"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = scratch.put("site/index.html", String(repeating: "Heart rate 72\n", count: 64))
    server = try Child(
      network.inWard(
        "python3", "-u", "-m", "http.server", "80", "--bind", "0.0.0.0", "--directory", folder))
    try server.line(with: "Serving HTTP", by: .generous)
  }
}

/// A browser that asks for the page twice a second, and says `ok` or `failed` each time.
final class Browser {
  private let browser: Child

  // What paces it is its input, which ends when it is to stop.
  private static let text = #"""
    import select, sys, urllib.request
    done = False
    while not done:
        done = select.select([sys.stdin], [], [], 0.5)[0]
        try:
            page = urllib.request.urlopen("http://10.99.0.1/", timeout=15).read()
            print("ok" if page.startswith(b"Heart rate") else "failed: " + repr(page[:80]), flush=True)
        except Exception as error:
            print("failed:", error, flush=True)
    """#

  init(on network: Network, at host: Network.Host) throws {
    browser = try Child(network.at(host, "python3", "-c", Self.text))
    try browser.line(with: "ok", by: .generous)
  }

  /// Has it ask a last time, and tells all that it said.
  func stop() throws -> [Substring] {
    browser.endInput()
    return try browser.end(by: .generous).output.split(separator: "\n")
  }
}
