import Reporting
import Testing
import Time

@Test func `text that could reorder, hide or break is shown by its code`() {
  #expect(Display.text("a\u{202E}b\u{0}\n\u{4E2D}") == "a<U+202E>b<U+0000><U+000A><U+4E2D>")
  #expect(Display.text("Żółć, señor – “so”") == "Żółć, señor – “so”")
  #expect(Display.text("") == "-")
}

@Test func `long text is cut`() {
  let shown = Display.text(String(repeating: "x", count: 10_000), limit: 10)
  #expect(shown == "xxxxxxxxxx…")
}

@Test(arguments: [
  (0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-1_000, "-1,000"),
]) func `counts are grouped by thousands`(value: Int, text: String) {
  #expect(Display.count(value) == text)
}

@Test(arguments: [
  (0, "0 B"), (999, "999 B"), (1_500, "1.5 kB"), (999_600, "1 MB"), (2_000_000_000, "2 GB"),
]) func `bytes are shown in powers of a thousand`(value: Int, text: String) {
  #expect(Display.bytes(value).replacing("\u{A0}", with: " ") == text)
}

@Test(arguments: [
  (Int64(0), "0 s"), (400_000, "under 1 s"), (61_000_000, "1 min 1 s"), (86_400_000_000, "1 d"),
]) func `durations have two units at most`(value: Int64, text: String) {
  #expect(Display.duration(value).replacing("\u{A0}", with: " ") == text)
}
