"""Where detection ends: the same attacks slower, to other ports, with longer packets."""
import collections, dataclasses, os, statistics

from . import charts, families, mutate, pcap, tally
from .markdown import percent, table
from .pipeline import fingerprint

SLOWER = (1, 3, 10, 30, 100)
VARIANTS = {**{f"1/{factor}": {"factor": factor} for factor in SLOWER},
            "ports": {"by": 7000}, "pad 64": {"pad": 64}, "pad 400": {"pad": 400}}
# Payload of a connection cannot grow without becoming another conversation; ARP and ICMP have no ports.
PADDED = ("SYN_FLOOD", "UDP_FLOOD", "ICMP_FLOOD", "AMPLIFICATION", "PORT_SCAN")
PORTLESS = ("ICMP_FLOOD", "ARP_SPOOF")
CHART = "detection-slower.svg"


def run(setup):
    """The numbers of every mutant of every capture with one attack."""
    originals = [one for one in setup.captures if one.label not in ("BENIGN", "multi", "MALWARE_OTHER") and one.flows]
    jobs = [(name, one) for one in originals for name in VARIANTS if applies(VARIANTS[name], one.label)]
    results = setup.measured([one for _, one in jobs], Mutant([name for name, _ in jobs], setup.programs))
    return [{"variant": name, **one} for (name, _), one in zip(jobs, results)]


def applies(change, label):
    """Whether a kind of attack can be changed so."""
    return not ("pad" in change and label not in PADDED or "by" in change and label in PORTLESS)


@dataclasses.dataclass(frozen=True)
class Mutant:
    """Judges a capture after the change that is next in the list."""

    names: list
    programs: object

    def __call__(self, number, capture):
        name = self.names[number]
        return _trimmed(tally.evaluate(mutated(capture, name, self.programs.cache), self.programs))


def _trimmed(result):
    return {key: value for key, value in result.items() if key in ("file", "label", "attack", "incidents", "refused")}


def mutated(capture, name, cache):
    """A capture changed as a variant says, beside its changed truth, made once."""
    change = VARIANTS[name]
    if change == {"factor": 1}:
        return capture
    folder = cache / "mutants" / f"{fingerprint(mutate.__file__)}-{name.replace('/', '-').replace(' ', '-')}"
    mutant = dataclasses.replace(capture, folder=folder)
    if not mutant.path.exists():
        mutant.path.parent.mkdir(parents=True, exist_ok=True)
        link, packets = pcap.read(capture.path)
        begin = min(packet.time for packet in packets) / pcap.SECOND
        factor, by = change.get("factor", 1), change.get("by", 0)
        packets = mutate.slower(packets, factor) if factor > 1 else mutate.otherwise(packets, link, **change)
        beside = mutant.path.with_name(f"{mutant.path.stem}.flows.csv")
        mutate.truth(capture.flows, beside, begin, factor, by)
        draft = mutant.path.with_suffix(f".{os.getpid()}")
        pcap.write(draft, link, packets)
        draft.rename(mutant.path)
    return mutant


def shares(numbers):
    """By kind and variant: the mean over captures of rows flagged and under the right family, and incidents found."""
    groups = collections.defaultdict(list)
    for one in numbers:
        if "refused" not in one and one["attack"]["rows"]:
            groups[one["label"], one["variant"]].append(one)
    result = collections.defaultdict(dict)
    for (label, variant), group in groups.items():
        flagged, family = ([one["attack"][key] / one["attack"]["rows"] for one in group]
                           for key in ("flagged", "family"))
        found = sum(one["attack"]["family"] > 0 for one in group)
        result[label][variant] = {"captures": len(group), "flagged": statistics.fmean(flagged),
                                  "family": statistics.fmean(family), "found": found}
    return result


def parts(numbers):
    """The tables."""
    kinds = shares(numbers)
    lines = [(label, one["1/1"]["captures"], *(_cell(one.get(name)) for name in VARIANTS))
             for label, one in sorted(kinds.items(), key=_order)]
    header = ("label", "#captures", *(f"#{'as it was' if name == '1/1' else name}" for name in VARIANTS))
    return {"mutations": table(header, lines)}


def _order(item):
    return item[0] not in families.BY_ROW, item[0]


def _cell(one):
    return f"{percent(one['flagged'], 1)} / {percent(one['family'], 1)}, {one['found']}" if one else "-"


def drawings(numbers):
    """The chart: a panel for each kind of attack."""
    panels = []
    for label, one in sorted(shares(numbers).items(), key=_order):
        lines = [charts.Line(name, dash, [one[f"1/{factor}"][key] for factor in SLOWER])
                 for name, key, dash in (("flagged", "flagged", ""), ("right family", "family", "4 3"))]
        panels.append(charts.Panel(f"{label} ({one['1/1']['captures']})", lines))
    ticks = ["as it was", *(f"1/{factor}" for factor in SLOWER[1:])]
    return {CHART: charts.multiples("Share of an attack's rows, by its rate", ticks, panels)}
