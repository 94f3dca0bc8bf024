"""The tables about captures: attacks one by one, everyday traffic by source."""
import collections

from . import families
from .markdown import counts, percent, table
from .setup import LEARNED, MIXTURES


def run(setup):
    """The numbers of all captures."""
    return setup.judged(setup.captures)


def parts(results):
    """The tables, by the name of their markers."""
    return {"attacks": attacks(results), "kinds": kinds(results), "benign": benign(results),
            "summary": summary(results)}


def usable(results):
    return [one for one in results if "refused" not in one]


def attacks(results):
    """A line for each capture with an attack."""
    header = ("capture", "label", "#attack rows", "#flagged", "#right family", "#right name", "called", "judges",
              "#incidents", "#first alert", "#blocked", "#benign rows", "#false alarms")
    lines = [_attack(one) for one in usable(results) if one["label"] != "BENIGN"]
    return table(header, sorted(lines))


def _attack(one):
    attack, benign = one["attack"], one["benign"]
    rows, flagged = attack["rows"], max(1, attack["flagged"])
    found = [incident for incident in one["incidents"] if incident["flagged"]]
    named = sum(incident["family"] > 0 for incident in found)
    alert = min((incident["alert_s"] for incident in found), default=None)
    others = f" ({len(one['blocked_honest'])} honest)" if one["blocked_honest"] else ""
    return (one["file"], one["label"], rows, percent(attack["flagged"], rows), percent(attack["family"], rows),
            percent(attack["strict"], rows), counts(attack["names"], 3, rows), counts(attack["judges"], 3, flagged),
            f"{named} of {len(one['incidents'])}", "-" if alert is None else f"{alert:.1f} s",
            f"{len(one['blocked'])}{others}", benign["rows"], benign["alarms"])


def by_label(results):
    """Sums over the incidents of each label."""
    totals = collections.defaultdict(collections.Counter)
    for one in usable(results):
        for incident in one["incidents"]:
            total = totals[incident["label"]]
            total.update({name: incident[name] for name in ("rows", "flagged", "family")})
            total.update(incidents=1, found=int(incident["flagged"] > 0), named=int(incident["family"] > 0))
    return totals


def kinds(results):
    """All captures together, a line for each kind of attack, beside the aims of the project."""
    lines = []
    for label, n in sorted(by_label(results).items(), key=lambda item: (item[0] not in families.BY_ROW, item[0])):
        aim = "-" if label == "MALWARE_OTHER" else "incidents: 90 %"
        lines.append((label, n["incidents"], n["rows"], percent(n["flagged"], n["rows"]),
                      percent(n["family"], n["rows"]), n["found"], n["named"],
                      "rows: 99 %, family 95 %" if label in families.BY_ROW else aim))
    return table(("label", "#incidents", "#rows", "#flagged", "#right family", "#incidents found",
                  "#by the right family", "aim"), lines)


def benign(results):
    """A line for each source of captures without an attack."""
    groups = collections.defaultdict(list)
    for one in usable(results):
        if one["label"] == "BENIGN":
            groups[one["source"]].append(one)
    lines = [_benign(source, groups[source]) for source in sorted(groups)]
    return table(("source", "#captures", "#rows", "#alarms", "#in 10,000", "#UNKNOWN", "called", "judges",
                  "#sources blocked", "#hosts", "#host-days", "#alerts", "#alerts per host-day"),
                 lines + [_benign("all", sum(groups.values(), []))])


def _benign(source, group):
    rows, alarms, unknown, alerts = (sum(one["benign"][name] for one in group)
                                     for name in ("rows", "alarms", "unknown", "alerts"))
    names, judges = (sum((collections.Counter(one["benign"][key]) for one in group), collections.Counter())
                     for key in ("names", "judges"))
    days = sum(one["hosts"] * one["seconds"] for one in group) / 86400
    return (source, len(group), rows, alarms, f"{1e4 * alarms / max(1, rows):.1f}", unknown, counts(names),
            counts(judges), sum(len(one["blocked"]) for one in group), sum(one["hosts"] for one in group),
            f"{days:.2f}", alerts, f"{alerts / days:.2f}" if days else "-")


def summary(results):
    """The captures together, as sentences."""
    good = usable(results)
    loud = [one for one in good if one["label"] == "BENIGN" and one["benign"]["alarms"]]
    honest = [(one["file"], source) for one in good for source in one["blocked_honest"]]
    mixed = [one for one in good if one["label"] != "BENIGN"]
    known = [one for one in good if one["source"] in (*LEARNED, MIXTURES)]
    shipped = sum(not one["model"] for one in known)
    lines = [f"* Captures of sources that the shipped model learns from: {len(known)}, of which {len(known) - shipped} "
             f"were judged by a model that had not seen their source, and {shipped} by the shipped one.",
             f"* Captures without an attack that raised an alarm: {len(loud)}."
             + "".join(f"\n  * {one['file']}: {counts(one['benign']['names'])}" for one in loud),
             f"* Everyday rows in captures with attacks: {sum(one['benign']['rows'] for one in mixed)}, of which "
             f"{sum(one['benign']['alarms'] for one in mixed)} were called an attack; rows of nobody knows what, not "
             f"counted: {sum(one['unlabelled'] for one in mixed)}.",
             f"* Sources blocked that no attack came from: {len(honest)}."
             + "".join(f"\n  * {file}: {source}" for file, source in honest)]
    refused = [one for one in results if "refused" in one]
    lines.append(f"* Captures refused: {len(refused)}."
                 + "".join(f"\n  * {one['file']}: {one['refused']}" for one in refused))
    return "\n".join(lines)
