"""The label that each row should have had.

A row has the label of the flow with its protocol and ends, either way round, that it overlaps most in
time. A folded row, whose ends are partly unsaid, has the label that most flows like it have. What no
flow claims has the capture's rule, as far as that says anything about it, or none; neither have side
effects of an attack, such as the errors that it caused: they are not the attack, and not everyday either.
"""
import collections, csv, dataclasses, re

from . import rows

TOLERANCE = 1.0  # s that clocks and rounding may differ
ARP = 0


@dataclasses.dataclass(frozen=True)
class Flow:
    first: float
    last: float
    label: str
    origin: str  # the capture that it came from

    def overlap(self, row):
        """Seconds that both lasted, TOLERANCE more; negative: they did not meet."""
        return min(self.last, row.last) - max(self.first, row.start) + TOLERANCE


class Truth:
    """What is known about the flows of one capture."""

    def __init__(self, capture):
        self.capture = capture
        self._exact = collections.defaultdict(list)
        self._partly = collections.defaultdict(list)
        self.attackers = set()  # every source of an attack's flow
        self.span = (float("inf"), float("-inf"))  # of the attack's flows, if any is listed
        if capture.flows:
            with open(capture.flows, newline="") as file:
                for line in csv.DictReader(file):
                    self._add(line)

    def _add(self, line):
        protocol = ARP if line["proto"] == "arp" else int(line["proto"])
        flow = Flow(float(line["first_ts"]), float(line["last_ts"]), line["label"], line["source"])
        ends = [(line[f"{end}_ip"], int(line[f"{end}_port"])) for end in ("src", "dst")]
        self._exact[protocol, frozenset(ends)].append(flow)
        for address, port in ends:
            for key in {(address, port), (address, 0)}:
                self._partly[protocol, *key].append(flow)
        if flow.label != "BENIGN":
            self.attackers.add(ends[0][0])
            self.span = (min(self.span[0], flow.first), max(self.span[1], flow.last))

    def label(self, row):
        """The row's label and the capture it came from, or None: nobody knows."""
        if self.capture.label == "BENIGN":
            return "BENIGN", self.capture.file
        flow = self._listed(row) or (self._folded(row) if row.folded > 1 else None)
        if flow:
            effect = flow.label == "BENIGN" and flow.origin.split("/")[-1] in self.capture.effects
            return None if effect else (flow.label, flow.origin)
        label = self._ruled(row)
        return label and (label, self.capture.file)

    def _listed(self, row):
        flows = self._exact.get((row.protocol, frozenset(row.ends)), ())
        best = max(flows, key=lambda flow: flow.overlap(row), default=None)
        return best if best and best.overlap(row) >= 0 else None

    def _folded(self, row):
        ends = [(address, port) for address, port in row.ends if address not in rows.NOBODY]
        lists = [self._partly.get((row.protocol, *end), ()) for end in ends]
        flows = min(lists, key=len, default=())
        if len({flow.label for flow in flows}) > 1:
            flows = [flow for flow in flows if flow.overlap(row) >= 0]
        most = collections.Counter(flow.label for flow in flows).most_common(1)
        return most and next(flow for flow in flows if flow.label == most[0][0])

    def _ruled(self, row):
        """What LABELS.csv says in words about rows that no flow claims."""
        rule, label = self.capture.rule, self.capture.label
        addresses = {row.source, row.destination}
        if found := re.search(r"attack iff (\S+) is an endpoint", rule):
            return label if found[1] in addresses else "BENIGN"
        if row.protocol == ARP:
            found = re.search(r"arp claims \S+ from ([0-9a-f:]+)", rule)
            return found and (label if row.mac == found[1] else "BENIGN")
        if found := re.search(r"(\d+\.\d+\.\d+\.\d+) -> (\d+\.\d+\.\d+\.\d+)", rule):
            return label if {found[1], found[2]} == addresses else None
        return label if rule.split()[0] == "all" and label != "multi" else None


def incidents(capture, truth):
    """The attacks of a capture: label, the capture it came from, first and last second. A mixture has several."""
    if capture.events:
        with open(capture.events, newline="") as file:
            return [(line["label"], line["source"], float(line["start"]), float(line["end"]))
                    for line in csv.DictReader(file)]
    first, last = truth.span
    return [(capture.label, capture.file, first, last)] if capture.label != "BENIGN" else []
