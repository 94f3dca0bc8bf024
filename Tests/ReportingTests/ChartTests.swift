import Ledger
import Reporting
import Testing
import Time

@Test func `hostile names are text in a drawing`() {
  let svg = BarChart.svg([BarChart.Bar(hostile, 5, note: "<b>")], title: "a & b")
  #expect(!svg.contains("<script>") && !svg.contains("<b>"))
  #expect(svg.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && svg.contains("a &amp; b"))
  #expect(!svg.contains("\u{202E}") && svg.utf8.count < 4_000)
}

@Test func `no data makes a drawing all the same`() {
  #expect(BarChart.svg([], title: "none").hasSuffix("</svg>\n"))
  #expect(TimelineChart.svg([], width: 60).hasSuffix("</svg>\n"))
}

@Test(arguments: [(30, 10), (600, 20), (3_600, 120), (86_400, 1_800), (604_800, 10_800)])
func `a time line has at most sixty bars`(seconds: Int, width: Int) {
  #expect(TimelineChart.bucketWidth(seconds: seconds) == width)
}

@Test func `a hundred years make no more bars than a day`() {
  let seconds = 100 * 366 * 86_400
  #expect(seconds / TimelineChart.bucketWidth(seconds: seconds) <= 60)
}
