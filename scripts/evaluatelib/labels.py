"""The captures of a folder with LABELS.csv, and where the truth about each lies."""
import csv, dataclasses, pathlib

CAPTURES = ("pcap", "pcapng")


@dataclasses.dataclass(frozen=True)
class Capture:
    """One line of LABELS.csv."""

    folder: pathlib.Path
    file: str
    label: str  # BENIGN, an attack, or multi: see the flows
    rule: str
    sure: str  # high, medium, low
    effects: frozenset = frozenset()  # names of captures with side effects of the attack, such as errors about it

    @property
    def path(self):
        return self.folder / self.file

    @property
    def source(self):
        """Who made it: network, tool, author."""
        return self.file.split("/")[0]

    @property
    def flows(self):
        """The file with a line a flow, if there is one."""
        beside = self.path.with_name(f"{self.path.stem}.flows.csv")
        if beside.exists():
            return beside
        name = f"{self.file.replace('/', '__')}.flows.csv"
        return next(self.folder.glob(f"truth/*/{name}"), None) if self.label != "BENIGN" else None

    @property
    def events(self):
        """The file with a line for each attack in a mixture, if there is one."""
        beside = self.path.with_name(f"{self.path.stem}.events.csv")
        return beside if beside.exists() else None


def load(folder):
    """All captures with a label; those that only must not crash have none."""
    with open(folder / "LABELS.csv", newline="") as file:
        lines = [row for row in csv.DictReader(file) if row["fmt"] in CAPTURES and row["cls"] != "-"]
    effects = frozenset(row["file"].split("/")[-1] for row in lines if "side effect" in row["rule"])
    return [Capture(folder, row["file"], row["cls"], row["rule"], row["label_conf"], effects) for row in lines]
