"""What sources are worth that the shipped model learned from, when a model learns without them."""
import collections

from .captures import usable
from .markdown import percent, table
from .setup import LEARNED


def run(setup):
    """By source, the numbers with the shipped model and with one that has not seen it."""
    numbers = {}
    for source in LEARNED:
        without = setup.model_without(source)
        mine = [one for one in setup.captures if one.source == source]
        if without and mine:
            numbers[source] = {"shipped": totals(setup.judged(mine, model="")),
                               "without": totals(setup.judged(mine, model=without))}
    return numbers or None


def totals(results):
    """Sums over captures."""
    total = collections.Counter()
    for one in usable(results):
        attack, benign = one["attack"], one["benign"]
        total.update({key: attack[key] for key in ("rows", "flagged", "family")})
        total.update(benign=benign["rows"], alarms=benign["alarms"], unknown=benign["unknown"],
                     blocked=len(one["blocked_honest"]))
    return total


def parts(numbers):
    """The table."""
    lines = [(source, "has seen it" if who == "shipped" else "has not", n["rows"], percent(n["flagged"], n["rows"]),
              percent(n["family"], n["rows"]), n["benign"], n["alarms"],
              f"{1e4 * n['alarms'] / max(1, n['benign']):.1f}", n["unknown"], n["blocked"])
             for source, both in numbers.items() for who, n in both.items()]
    header = ("source", "the model", "#attack rows", "#flagged", "#right family", "#benign rows", "#false alarms",
              "#in 10,000", "#UNKNOWN", "#honest sources blocked")
    return {"left-out": table(header, lines)}
