"""Rows as classify or mitigate wrote them, with what is needed to judge them."""
import csv, dataclasses, datetime

NOBODY = ("0.0.0.0", "::")
# A flow's row has no verdict yet, a verdict no action.
COLUMNS = ("start", "last", "src_ip", "src_port", "dst_ip", "dst_port", "protocol", "src_mac", "folded", "attack",
           "judge", "action")


@dataclasses.dataclass(frozen=True)
class Row:
    start: float
    last: float
    source: str
    source_port: int
    destination: str
    destination_port: int
    protocol: int
    mac: str
    folded: float
    attack: str
    judge: str
    action: str

    @property
    def ends(self):
        return (self.source, self.source_port), (self.destination, self.destination_port)


def load(path):
    """The rows of a file of flows, verdicts or actions."""
    with open(path, newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        places = [header.index(name) if name in header else None for name in COLUMNS]
        return [_row([cells[place] if place is not None else "none" for place in places]) for cells in reader]


def _row(cells):
    start, last, source, source_port, destination, destination_port, protocol, mac, folded, *rest = cells
    return Row(seconds(start), seconds(last), source, int(source_port), destination, int(destination_port),
               int(protocol), mac, float(folded), *rest)


def seconds(text):
    """RFC 3339 in UTC to seconds since 1970."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
