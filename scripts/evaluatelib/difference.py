"""Two runs compared: what became better, what worse."""
import json, sys

from .captures import by_label, usable

NAMES = ("file", "variant", "name")  # what tells the entries of a list apart


def main(words):
    """Prints a line for every number that differs."""
    if len(words) != 2:
        print("usage: evaluate diff BEFORE.json AFTER.json", file=sys.stderr)
        return 64
    before, after = (numbers(json.load(open(path))) for path in words)
    for key, old in before.items():
        if key in after and old != after[key]:
            print(f"{key}: {old} -> {after[key]}")
    for words, mine, other in (("only before", before, after), ("only after", after, before)):
        for key in mine.keys() - other.keys():
            print(f"{words}: {key}")
    return 0


def numbers(run):
    """The numbers that matter, by name; sums first."""
    results = run.get("captures", [])
    found = totals(results)
    for one in results:
        found |= _capture(one)
    for study in sorted(run.keys() - {"captures"}):
        found |= dict(flat(study, run[study]))
    return found


def totals(results):
    """Sums over captures."""
    found = {}
    for label, n in sorted(by_label(results).items()):
        found |= {f"all {label} flagged %": _share(n["flagged"], n["rows"]),
                  f"all {label} family %": _share(n["family"], n["rows"]),
                  f"all {label} incidents by the right family": n["named"]}
    quiet = [one for one in usable(results) if one["label"] == "BENIGN"]
    for name in ("alarms", "unknown", "alerts") if quiet else ():
        found[f"all benign captures {name}"] = sum(one["benign"][name] for one in quiet)
    return found


def _capture(one):
    name, found = one["file"], {}
    if "refused" in one:
        return {name: f"refused: {one['refused']}"}
    attack, benign = one["attack"], one["benign"]
    if attack["rows"]:
        found[f"{name} attack rows"] = attack["rows"]
        found |= {f"{name} {key} %": _share(attack[key], attack["rows"]) for key in ("flagged", "family", "strict")}
    return found | {f"{name} false alarms": benign["alarms"], f"{name} UNKNOWN": benign["unknown"],
                    f"{name} blocked": len(one["blocked"]), f"{name} blocked, honest": len(one["blocked_honest"])}


def _share(part, whole):
    return round(100 * part / whole, 1) if whole else 0.0


def flat(name, value):
    """All numbers in a value, each with the way to it."""
    if isinstance(value, dict):
        for key in sorted(value):
            yield from flat(f"{name} {key}", value[key])
    elif isinstance(value, list):
        for place, one in enumerate(value):
            words = [one[key] for key in NAMES if key in one] if isinstance(one, dict) else []
            yield from flat(f"{name} {' '.join(words) or place}", one)
    elif isinstance(value, (int, float)):
        yield name, round(value, 4)
