"""What each part is worth: everything measured again without it."""
from . import families
from .captures import usable
from .markdown import percent, table

NO_DETECTORS = "[classify]\ndetectors = no\n"


def run(setup):
    """By what was left out, the sums over all captures."""
    quiet = setup.programs.cache / "no-detectors.conf"
    quiet.parent.mkdir(parents=True, exist_ok=True)
    quiet.write_text(NO_DETECTORS)
    off = {"configuration": str(quiet)}
    ways = {"nothing": {}, "the model": {"model": "none"}, "the detectors": off}
    if narrow := setup.model_without("context"):
        ways |= {"the model's context columns": {"model": narrow},
                 "the model's context columns and the detectors": {"model": narrow} | off}
    return {name: totals(setup.judged(setup.captures, **changes)) for name, changes in ways.items()}


def totals(results):
    """Rows of floods and scans, other attacks as incidents, and false alarms."""
    total = dict.fromkeys(("rows", "flagged", "family", "incidents", "found", "named", "benign", "alarms", "alerts",
                           "unknown", "blocked", "honest"), 0)
    for one in usable(results):
        for incident in one["incidents"]:
            if incident["label"] in families.BY_ROW:
                _add(total, rows=incident["rows"], flagged=incident["flagged"], family=incident["family"])
            elif incident["label"] != "MALWARE_OTHER":
                _add(total, incidents=1, found=incident["flagged"] > 0, named=incident["family"] > 0)
        benign = one["benign"]
        _add(total, honest=len(one["blocked_honest"]), blocked=len(one["blocked"]))
        if one["label"] == "BENIGN":
            _add(total, benign=benign["rows"], alarms=benign["alarms"], alerts=benign["alerts"],
                 unknown=benign["unknown"])
    return total


def _add(total, **numbers):
    for name, number in numbers.items():
        total[name] += number


def parts(numbers):
    """The table."""
    lines = [(name, percent(n["flagged"], n["rows"]), percent(n["family"], n["rows"]),
              f"{n['named']} of {n['incidents']}", n["alarms"], f"{1e4 * n['alarms'] / max(1, n['benign']):.1f}",
              n["unknown"], n["blocked"], n["honest"]) for name, n in numbers.items()]
    header = ("left out", "#flood, reflection and scan rows flagged", "#under the right family",
              "#other attacks found, right family", "#false alarms", "#in 10,000", "#UNKNOWN", "#sources blocked",
              "#honest ones")
    return {"ablations": table(header, lines)}
