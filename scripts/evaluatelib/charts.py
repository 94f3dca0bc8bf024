"""Charts as SVG: panels with lines that differ by dashes and marks, so that grey is enough."""
import dataclasses
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 210, 110  # of a panel's plot
LEFT, TOP, RIGHT, BOTTOM = 40, 26, 14, 34  # around it
HEAD, ACROSS = 44, 3
TEXT = "#222222"


@dataclasses.dataclass
class Line:
    name: str
    dash: str  # stroke-dasharray; empty: solid, with filled marks
    values: list  # 0...1, one for each tick


@dataclasses.dataclass
class Panel:
    title: str
    lines: list


def multiples(title, ticks, panels):
    """Panels side by side, all with the same axes: shares from 0 to 100 % over the ticks."""
    rows = -(-len(panels) // ACROSS)
    width, height = ACROSS * (LEFT + WIDTH + RIGHT), HEAD + rows * (TOP + HEIGHT + BOTTOM)
    body = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" font-family="sans-serif" font-size="10" fill="{TEXT}">',
            f"<title>{escape(title)}</title>", f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            _text(LEFT, 18, title, size=13), *_legend(panels[0].lines if panels else [])]
    for number, panel in enumerate(panels):
        x = LEFT + number % ACROSS * (LEFT + WIDTH + RIGHT)
        y = HEAD + TOP + number // ACROSS * (TOP + HEIGHT + BOTTOM)
        body += [f'<g transform="translate({x} {y})">', *_axes(panel.title, ticks), *_lines(panel.lines), "</g>"]
    return "\n".join([*body, "</svg>", ""])


def _legend(lines):
    for number, line in enumerate(lines):
        x = LEFT + number * 110
        yield _stroke(f"M{x} 34H{x + 26}", line.dash)
        yield _mark(x + 13, 34, line.dash)
        yield _text(x + 32, 37.5, line.name)


def _axes(title, ticks):
    yield _text(0, -8, title, size=11)
    for share in (0, 50, 100):
        y = HEIGHT * (1 - share / 100)
        yield f'<path d="M0 {y:g}H{WIDTH}" stroke="#cccccc" stroke-width="0.7"/>'
        yield _text(-5, y + 3.5, f"{share} %", anchor="end")
    for number, tick in enumerate(ticks):
        yield _text(_place(number, len(ticks)), HEIGHT + 15, tick, anchor="middle")


def _lines(lines):
    for line in lines:
        points = [(_place(number, len(line.values)), HEIGHT * (1 - value))
                  for number, value in enumerate(line.values)]
        yield _stroke("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), line.dash)
        yield from (_mark(x, y, line.dash) for x, y in points)


def _place(number, count):
    """Across the panel, with room for half a tick's word on both sides."""
    return 14 + number * (WIDTH - 28) / max(1, count - 1)


def _stroke(path, dash):
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{path}" fill="none" stroke="{TEXT}" stroke-width="1.4"{dashes}/>'


def _mark(x, y, dash):
    fill = "#ffffff" if dash else TEXT
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{fill}" stroke="{TEXT}"/>'


def _text(x, y, words, anchor="start", size=10):
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size}">{escape(words)}</text>'
