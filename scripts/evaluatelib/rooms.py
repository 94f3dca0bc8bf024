"""Takes of the room, of seeds that no model learned from."""
import collections, csv, dataclasses, pathlib, statistics, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from roomlib import score, truth  # noqa: E402

from . import families  # noqa: E402
from .markdown import counts, percent, table  # noqa: E402


def run(setup):
    """What became of each scenario, over all takes of the folder."""
    if not setup.rooms:
        return None
    with open(setup.rooms / "captures.list", newline="") as file:
        takes = [line[:2] for line in csv.reader(line for line in file if not line.startswith("#"))]
    return merged(setup.measured(takes, _Take(setup.rooms.resolve(), setup.programs)))


@dataclasses.dataclass(frozen=True)
class _Take:
    folder: pathlib.Path
    programs: object

    def __call__(self, number, take):
        capture, ground = (self.folder / name for name in take)
        lines = [] if take[1] == "BENIGN" else truth.load(ground)
        total = score.Score()
        total.add(lines, map(_record, self.programs.judged(capture)))
        return total


def _record(row):
    return dataclasses.asdict(row)


def merged(scores):
    """Numbers of all takes, fit for JSON."""
    scenarios = {}
    result = {"takes": len(scores), "scenarios": scenarios, "benign": 0, "alarms": collections.Counter(),
              "blocked": set()}
    for one in scores:
        result["benign"] += one.benign
        for (_, name), count in one.alarms.items():  # of every source
            result["alarms"][name] += count
        result["blocked"] |= one.blocked
        for name, outcome in one.outcomes.items():
            mine = scenarios.setdefault(name, {"label": outcome.label, "takes": 0, "found": 0, "rows": 0,
                                               "named": collections.Counter(), "first": []})
            mine["takes"] += 1
            mine["found"] += bool(outcome.named)
            mine["rows"] += outcome.rows
            mine["named"].update(outcome.named)
            mine["first"] += outcome.first
    return result | {"blocked": sorted(result["blocked"])}


def family(one):
    """Rows of a scenario under the right family."""
    return sum(count for name, count in one["named"].items() if families.in_family(name, one["label"]))


def parts(numbers):
    """A line a kind of attack, then what was missed or had another name."""
    groups = collections.defaultdict(list)
    for name, one in numbers["scenarios"].items():
        groups[one["label"]].append((name, one))
    header = ("label", "#scenarios", "#rows", "#flagged", "#right family", "#found", "#first alert, median",
              "missed or named otherwise")
    text = table(header, [_kind(label, groups[label]) for label in sorted(groups)])
    alarms = sum(numbers["alarms"].values())
    text += (f"\n\n{numbers['takes']} takes. Everyday rows: {numbers['benign']}, called an attack: {alarms} "
             f"({1e4 * alarms / max(1, numbers['benign']):.1f} in 10,000; {counts(numbers['alarms'])}); "
             f"sources blocked for them: {', '.join(numbers['blocked']) or 'none'}.")
    return {"rooms": text}


def _kind(label, group):
    rows = sum(one["rows"] for _, one in group)
    flagged = sum(sum(one["named"].values()) for _, one in group)
    named = sum(family(one) for _, one in group)
    found = sum(one["found"] for _, one in group)
    played = sum(one["takes"] for _, one in group)
    first = statistics.median([wait for _, one in group for wait in one["first"]] or [0])
    odd = sorted(name for name, one in group if 2 * family(one) <= sum(one["named"].values()))
    return (label, len(group), rows, percent(flagged, rows), percent(named, rows), f"{found} of {played}",
            f"{first:.2f} s" if found else "-", ", ".join(odd) or "-")
