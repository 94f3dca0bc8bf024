import Spool
import Stage
import Testing

struct SettingsTests {
  /// The settings of `[stage]` in a configuration of this text.
  private func settings(_ text: String) throws -> Settings {
    let bench = try Bench()
    bench.put("conf", text)
    return try Settings(path: "\(bench.path)/conf", section: "stage")
  }

  private func failure(_ body: () throws -> Void) throws -> String {
    let failure = try #require(throws: Failure.self) { try body() }
    #expect(failure.status == .config)
    return failure.description
  }

  @Test func `every kind of value is read from its own section`() throws {
    var settings = try settings(
      """
      # first of all
      [other]
      text = not this
      [stage]
        text =  two words\t # why
      whole = -7
      number=0.25
      time = 10m
      on = yes
      off = off
      empty =
      equals = a = b

      [third]
      whole = 1
      """)
    #expect(try settings.string("text", default: "") == "two words")
    #expect(try settings.integer("whole", default: 0, in: -10...10) == -7)
    #expect(try settings.number("number", default: 0, in: 0...1) == 0.25)
    #expect(try settings.duration("time", default: 1, in: 0...3_600) == 600)
    #expect(try settings.flag("on", default: false))
    #expect(try !settings.flag("off", default: true))
    #expect(try settings.string("empty", default: "x") == "")
    #expect(try settings.string("equals", default: "") == "a = b")
    try settings.finish()
  }

  @Test func `what is not set is as it is by default`() throws {
    for var settings in [
      try Settings(path: nil, section: "stage"), try settings(""), try settings("[other]\na = 1\n"),
    ] {
      #expect(try settings.string("a", default: "text") == "text")
      #expect(try settings.integer("a", default: 99, in: 0...1) == 99)
      #expect(try settings.number("a", default: 1.5, in: 0...1) == 1.5)
      #expect(try settings.duration("a", default: 5, in: 0...1) == 5)
      #expect(try settings.flag("a", default: true))
      try settings.finish()
    }
  }

  @Test func `lines may end in CR LF`() throws {
    var settings = try settings("# a comment\r\n[stage]\r\nkey = value\r\nother = 3\r\n")
    #expect(try settings.string("key", default: "") == "value")
    #expect(try settings.integer("other", default: 0, in: 0...9) == 3)
  }

  @Test(arguments: [
    ("11", "a whole number from 0 to 10"), ("-1", "a whole number from 0 to 10"),
    ("x", "a whole number from 0 to 10"), ("1.0", "a whole number from 0 to 10"),
  ])
  func `a wrong value names its line`(value: String, expected: String) throws {
    let text = try failure {
      var settings = try settings("[stage]\n\nkey = \(value)\n")
      _ = try settings.integer("key", default: 0, in: 0...10)
    }
    #expect(text.hasSuffix("/conf: line 3: key takes \(expected), not '\(value)'"))
    #expect(text.hasPrefix("unable to use /"))
  }

  @Test func `numbers, times and flags are held to their kind`() throws {
    for value in ["", "nan", "inf", "1.1", "-0.1", "half"] {
      _ = try failure {
        var settings = try settings("[stage]\nkey = \(value)\n")
        _ = try settings.number("key", default: 0, in: 0...1)
      }
    }
    for value in ["", "5x", "h", "-5m", "1h30m", "99999999999999999w", "61s"] {
      _ = try failure {
        var settings = try settings("[stage]\nkey = \(value)\n")
        _ = try settings.duration("key", default: 0, in: 0...60)
      }
    }
    for value in ["", "1", "Yes", "y", "maybe"] {
      _ = try failure {
        var settings = try settings("[stage]\nkey = \(value)\n")
        _ = try settings.flag("key", default: false)
      }
    }
  }

  @Test(arguments: [
    ("[stage]\nkey = 1\nkey = 2\n", "line 3: key is set twice"),
    ("[stage]\nkey = 1\n[other]\n[stage]\nkey = 2\n", "line 5: key is set twice"),
    ("key\n", "line 1: expected key = value, found 'key'"),
    ("[stage\n", "line 1: expected key = value, found '[stage'"),
    ("\n= 5\n", "line 2: expected key = value, found '= 5'"),
  ])
  func `a line that says nothing clear is refused`(text: String, reason: String) throws {
    #expect(try failure { _ = try settings(text) }.hasSuffix("/conf: \(reason)"))
  }

  @Test func `a key that nobody knows is refused`() throws {
    let text = try failure {
      var settings = try settings("[stage]\nknown = 1\nthreshhold = 2\nlater = 3\n")
      _ = try settings.integer("known", default: 0, in: 0...9)
      try settings.finish()
    }
    #expect(text.hasSuffix("/conf: line 3: [stage] has no key threshhold"))
  }

  @Test func `a file that is not there is refused`() throws {
    let text = try failure { _ = try Settings(path: "/nonexistent/conf", section: "stage") }
    #expect(text == "unable to open /nonexistent/conf: No such file or directory")
  }

  @Test(arguments: [
    ("0", 0), ("90", 90), ("90s", 90), ("10m", 600), ("4h", 14_400), ("1d", 86_400),
    ("1w", 604_800), ("", nil), ("s", nil), ("-1", nil), ("1.5h", nil), ("1M", nil), ("1 h", nil),
    ("９", nil), ("9223372036854775807w", nil),
  ])
  func `a duration is read`(text: String, expected: Int?) {
    #expect(seconds(text) == expected)
  }

  @Test func `queues are bounded as the configuration says`() throws {
    let bench = try Bench()
    bench.put("conf", "[spool]\ncaptured.files = 7\ncaptured.bytes = 1048576\nbenign.files = 1\n")
    let bounds = try queueBounds("\(bench.path)/conf")
    #expect(bounds[.captured] == Limits(files: 7, bytes: 1 << 20))
    #expect(bounds[.benign]?.files == 1)
    #expect(bounds[.orders] == Queue.orders.limits)
    #expect(try queueBounds(nil)[.captured] == Queue.captured.limits)
    bench.put("conf", "[spool]\ncaptured.seconds = 7\n")
    #expect(throws: Failure.self) { try queueBounds("\(bench.path)/conf") }
  }
}
