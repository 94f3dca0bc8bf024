/// The report's layout, in Typst. Data reaches it only as the strings of `view.json`: a string shown
/// is text, whatever it holds, and is never read as markup.
enum Template {
  /// `main.typ`.
  static let typst = #"""
    #let view = json("view.json")
    #let ink = rgb("#1c2733")
    #let accent = rgb("#9b1c31")
    #let navy = rgb("#1f3a56")
    #let faint = rgb("#5b6775")
    #let hair = rgb("#c9d1d9")
    #let wash = rgb("#f3f5f7")

    // A long word may break anywhere, best after a separator. A MAC address is 17 long and stays whole.
    #let soft(s) = s.replace(regex("\S{18,}"), m => m.text.replace(regex("[:,;/@=&.-]"), n => n.text + "\u{200b}")
      .replace(regex("[^\u{200b}]{16}"), n => n.text + "\u{200b}"))
    #let mono(s) = text(font: "DejaVu Sans Mono", size: 0.8em, soft(s))
    #let time(s) = if s.len() == 19 { box(text(fill: faint, s.slice(0, 10)) + linebreak() + s.slice(11)) } else { s }
    #let cell(s, kind) = if kind == "time" { time(s) } else if kind == "mono" { mono(s) } else if kind == "strong" { strong(soft(s)) } else { soft(s) }

    #set document(
      title: view.title, author: view.generator, keywords: ("intrusion", "report", "Ward"),
      description: view.range,
      date: datetime(year: view.date.at(0), month: view.date.at(1), day: view.date.at(2),
        hour: view.date.at(3), minute: view.date.at(4), second: view.date.at(5)))
    #set text(font: "Libertinus Serif", size: 10.5pt, fill: ink, lang: "en", hyphenate: false)
    #set par(leading: 0.62em, spacing: 1em)
    #set page(paper: "a4", margin: (x: 21mm, top: 26mm, bottom: 22mm),
      header: context if counter(page).get().first() > 1 {
        set text(size: 8.5pt, fill: faint)
        grid(columns: (1fr, auto), view.title + "  ·  " + view.range-short, smallcaps(view.classification))
        v(-0.55em)
        line(length: 100%, stroke: 0.4pt + hair)
      },
      footer: context {
        set text(size: 8.5pt, fill: faint)
        line(length: 100%, stroke: 0.4pt + hair)
        v(-0.55em)
        grid(columns: (1fr, auto), view.generator + "  ·  " + view.generated,
          "Page " + str(counter(page).get().first()) + " of " + str(counter(page).final().first()))
      })
    #set heading(numbering: "1.1")
    #show heading.where(level: 1): it => block(above: 1.9em, below: 0.9em, breakable: false, sticky: true,
      text(size: 15pt, fill: navy, weight: "bold", it))
    #show heading.where(level: 2): it => block(above: 1.4em, below: 0.7em, sticky: true,
      text(size: 11.5pt, fill: navy, it))
    #show figure.caption: it => text(size: 9pt, fill: faint, it)
    #show figure.where(kind: table): set figure.caption(position: top)
    #show figure: set align(left)
    #set figure.caption(separator: [.  ])
    #show figure: set block(above: 1.2em, below: 1.2em)
    #show outline.entry: set block(above: 0.7em)

    #let sheet(t) = if t.rows.len() == 0 { text(fill: faint, style: "italic", t.empty) } else {
      show figure: set block(breakable: t.rows.len() > 12)
      figure(caption: t.caption, {
        set text(size: 8.7pt)
        set par(leading: 0.5em, justify: false)
        set align(left)
        table(
          columns: t.widths.map(w => if w == 0 { auto } else { w * 1fr }),
          align: (x, y) => if t.kinds.at(x) == "number" { right + top } else { left + top },
          inset: (x: 4pt, y: 3.6pt), stroke: none,
          fill: (x, y) => if y == 0 { navy } else if calc.even(y) { wash },
          table.header(repeat: true, ..t.heads.map(h => text(fill: white, weight: "bold", h))),
          ..t.rows.flatten().enumerate().map(((i, s)) => cell(s, t.kinds.at(calc.rem(i, t.heads.len())))),
          table.hline(stroke: 0.6pt + navy))
      })
      if t.note != "" { v(-0.4em); text(size: 8.7pt, fill: faint, t.note) }
    }
    #let chart(f) = figure(image(f.file, width: 100%, alt: f.alt), caption: f.caption)

    #for file in view.files { pdf.attach(file.name, relationship: file.relation, mime-type: file.type,
      description: file.description) }

    // Cover
    #place(top, dx: -21mm, dy: -26mm, rect(width: 210mm, height: 112mm, fill: navy))
    #block(width: 100%, height: 86mm, inset: (bottom: 10mm), {
      set text(fill: white)
      grid(columns: (1fr, auto), text(size: 12pt, tracking: 0.12em, "WARD"),
        box(stroke: 0.8pt + white, inset: (x: 6pt, y: 4pt), text(size: 9.5pt, view.classification)))
      v(1fr)
      text(size: 32pt, weight: "bold", view.title)
      v(-3mm)
      text(size: 13pt, view.range)
    })
    #v(4mm)
    #grid(columns: view.figures.map(_ => 1fr), column-gutter: 4mm,
      ..view.figures.map(f => block(width: 100%, stroke: (top: 1.6pt + if f.alarm { accent } else { navy }),
        inset: (top: 3mm), {
          text(size: 19pt, weight: "bold", fill: if f.alarm { accent } else { ink }, f.value)
          linebreak()
          text(size: 9pt, fill: faint, f.label)
        })))
    #v(4mm)
    #if view.banner != "" { block(width: 100%, stroke: (left: 2.5pt + accent), fill: wash,
      inset: (x: 4mm, y: 3mm), strong(view.banner)) }
    #v(2mm)
    #grid(columns: (auto, 1fr), column-gutter: 6mm, row-gutter: 3mm,
      ..view.facts.map(f => (text(fill: faint, f.at(0)), soft(f.at(1)))).flatten())
    #v(7mm)
    #outline(title: text(size: 11.5pt, fill: navy)[Contents], depth: 1)

    #pagebreak()
    = Executive summary
    #for paragraph in view.summary { par(justify: true, soft(paragraph)) }
    #if view.timeline != none { chart(view.timeline) }
    #if view.reading != "" { text(size: 9pt, fill: faint, view.reading) }

    = What was seen
    == Attacks by type
    #if view.attackChart != none { chart(view.attackChart) }
    #sheet(view.attacks)
    == Where it came from
    #if view.attackerChart != none { chart(view.attackerChart) }
    #sheet(view.attackers)
    == Devices affected
    #sheet(view.targets)

    = What was done
    == Blocks
    #sheet(view.blocks)
    == Decisions not to block
    #sheet(view.decisions)

    = Losses and coverage
    #par(justify: true, view.coverageNote)
    == Coverage
    #sheet(view.coverage)
    #if view.gaps.rows.len() > 0 { sheet(view.gaps) }
    == What the stages reported
    #sheet(view.notices)

    #block(breakable: false, above: 2em)[
      = Method and attachments
      #for paragraph in view.method { par(justify: true, paragraph) }
      #sheet(view.attached)
    ]

    #set page(flipped: true, margin: (x: 18mm, top: 24mm, bottom: 20mm))
    #set heading(numbering: none)
    = Appendix: evidence
    #sheet(view.evidence)
    """#
}
