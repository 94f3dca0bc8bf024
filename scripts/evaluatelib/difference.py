"""Two runs compared: what became better, what worse."""
import json, sys


def main(words):
    """Prints a line for every number that differs, in Markdown."""
    if len(words) != 2:
        print("usage: evaluate diff BEFORE.json AFTER.json", file=sys.stderr)
        return 64
    before, after = (_numbers(json.load(open(path))) for path in words)
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old != new:
            print(f"{key}: {old} -> {new}")
    return 0


def _numbers(run):
    """The numbers that matter, by name."""
    result = {}
    for one in run["captures"]:
        name = one["file"]
        if "refused" in one:
            result[name] = f"refused: {one['refused']}"
            continue
        attack, benign = one["attack"], one["benign"]
        if attack["rows"]:
            result[f"{name} attack rows"] = attack["rows"]
            for key in ("flagged", "family", "strict"):
                result[f"{name} {key} %"] = round(100 * attack[key] / attack["rows"], 1)
        result[f"{name} false alarms"] = benign["alarms"]
        result[f"{name} UNKNOWN"] = benign["unknown"]
        result[f"{name} blocked"] = len(one["blocked"])
        result[f"{name} blocked, honest"] = len(one["blocked_honest"])
    return result
