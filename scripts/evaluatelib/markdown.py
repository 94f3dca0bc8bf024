"""Tables in Markdown, and documents with parts that are made anew between markers."""
import re


def table(header, lines):
    """A table; columns whose title begins with # hold numbers."""
    titles = [title.removeprefix("#") for title in header]
    rules = ["---:" if title.startswith("#") else "---" for title in header]
    return "\n".join(f"| {' | '.join(map(str, cells))} |" for cells in (titles, rules, *lines))


def percent(part, whole):
    """A share of rows; never rounded up to all of them."""
    if not whole:
        return "-"
    share = 100 * part / whole
    return f"{min(share, 99.9) if part < whole else share:.1f} %"


def counts(counter, most=3, whole=None):
    """The most frequent, with their numbers or shares."""
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:most]
    return ", ".join(f"{name} {percent(count, whole) if whole else count}" for name, count in ordered) or "-"


def replaced(document, parts):
    """The document with each part, by name, put between `<!-- begin NAME -->` and `<!-- end NAME -->`."""
    for name, text in parts.items():
        pattern = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.S)
        if not pattern.search(document):
            raise ValueError(f"no markers for {name}")
        document = pattern.sub(lambda found: f"{found[1]}{text}\n{found[2]}", document)
    return document
