"""What Ward made of takes, held against the ground truth."""
import collections, csv, dataclasses, datetime, pathlib, statistics, subprocess, tempfile

from . import truth

QUIET = ("BENIGN", "UNKNOWN")


@dataclasses.dataclass
class Outcome:
    """What became of one scenario, played once or more often."""

    name: str
    label: str
    times: int = 0
    rows: int = 0  # all that belong to it; 0 if only rows of attacks are known
    named: collections.Counter = dataclasses.field(default_factory=collections.Counter)  # rows, by attack
    first: list = dataclasses.field(default_factory=list)  # s of packet time from begin to first such row
    blocked: list = dataclasses.field(default_factory=list)  # s from begin to the first block of an attacker

    @property
    def verdict(self):
        """named: most rows of it that are called an attack are called the right one."""
        if not self.named:
            return "missed"
        return "named" if self.named.most_common(1)[0][0] == self.label else "misnamed"

    @property
    def names(self):
        """The most frequent names and their rows."""
        return ", ".join(f"{name} {count}" for name, count in self.named.most_common(3)) or "-"


class Score:
    """Rows sorted to the scenarios that they belong to."""

    def __init__(self):
        self.outcomes, self.alarms, self.honest = {}, collections.Counter(), set()
        self.benign, self.blocked = 0, set()  # everyday rows; their sources that were blocked for them

    def add(self, lines, rows):
        """Rows of one take, dictionaries with the ledger's names, and the lines of its truth."""
        begun = set()
        for row in rows:
            line = next((line for line in lines if line.matches(row)), None)
            quiet = row["attack"] in QUIET
            if line is None or line.label == "BENIGN":
                self.benign += 1
                if not quiet:
                    self.alarms[row["source"], row["attack"]] += 1
                if row["action"] == "blocked":
                    self.blocked.add(row["source"])
                continue
            outcome = self.outcomes.setdefault(line.scenario, Outcome(line.scenario, line.label))
            outcome.rows += 1
            if not quiet:
                outcome.named[row["attack"]] += 1
                if (line.scenario, line.start) not in begun:
                    begun.add((line.scenario, line.start))
                    outcome.first.append(max(0.0, row["last"] - line.start))

    def add_blocks(self, plan, played, blocks):
        """Addresses that were blocked in a take, each with the time when the kernel was told. Honest are those
        of the plan's hosts, but for who lends itself to attacks; the rest are reflectors and made-up ones."""
        for one in played:
            outcome = self.outcomes.setdefault(one.scenario.name, Outcome(one.scenario.name, one.scenario.label))
            outcome.times += 1
            if one.attackers & blocks.keys():
                outcome.blocked.append(min(blocks[address] for address in one.attackers & blocks.keys()) - one.begin)
        self.honest |= {f"{host.name} {address}" for host in plan.honest for address in host.addresses
                        if address in blocks}

    @property
    def verdicts(self):
        return collections.Counter(outcome.verdict for outcome in self.outcomes.values())


def milliseconds(values):
    """Their median, in words."""
    return f"{1000 * statistics.median(values):.0f} ms" if values else "-"


def replay(capture, programs, model=None):
    """The rows that today's pipeline makes of a capture, with blocks simulated."""
    with tempfile.TemporaryDirectory() as folder:
        files = [capture, *(pathlib.Path(folder) / name for name in ("flows", "verdicts", "actions"))]
        for program, before, after in zip(("featurize", "classify", "mitigate"), files, files[1:]):
            words = [programs / program, "--input", before, "--output", after, "--log-level", "error"]
            if program == "classify" and model:
                words += ["--model", model]
            subprocess.run(list(map(str, words)), check=True)
        with open(files[-1], newline="") as file:
            return [_row(cells) for cells in csv.DictReader(file)]


def _row(cells):
    def seconds(text):
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
    return {"start": seconds(cells["start"]), "last": seconds(cells["last"]), "source": cells["src_ip"],
            "source_port": int(cells["src_port"]), "destination": cells["dst_ip"],
            "destination_port": int(cells["dst_port"]), "protocol": int(cells["protocol"]),
            "folded": float(cells["folded"]), "attack": cells["attack"], "action": cells["action"]}


def score_folder(folder, programs, model=None):
    """The score of all takes that a folder lists."""
    total = Score()
    with open(folder / "captures.list", newline="") as file:
        for capture, ground, _ in csv.reader(line for line in file if not line.startswith("#")):
            total.add(truth.load(folder / ground), replay(folder / capture, programs, model))
    return total
