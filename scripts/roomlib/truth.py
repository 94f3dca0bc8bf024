"""Ground truth: who did what to whom and when, and whether the wire agrees.

Columns start,end,src,dst,protocol,dst_port,label,scenario; * is any. As with the truth of `imitate`, a
flow has the label of the first line that it overlaps in time and whose ends and protocol it matches,
either way round; none: BENIGN.
"""
import collections, contextlib, csv, dataclasses, datetime, socket, struct, time

from . import wiring

COLUMNS = ("start", "end", "src", "dst", "protocol", "dst_port", "label", "scenario")
ANY = "*"
ARP, TCP, UDP, ICMP = 0, 6, 17, (1, 58)
# Asking by ARP is a part of these attacks, and of no flood.
LOOKING = ("PORT_SCAN", "EXPLOIT_PROBE")
# Whom a host that is attacked goes on speaking to: names, services, printers, neighbours (IANA's registry).
GROUPS = ("224.0.0.1", "224.0.0.2", "224.0.0.22", "224.0.0.251", "224.0.0.252", "239.255.255.250",
          "255.255.255.255", "ff02::1", "ff02::2", "ff02::16", "ff02::fb", "ff02::1:3", "ff02::c")
NOBODY = ("0.0.0.0", "::")


@dataclasses.dataclass
class Line:
    start: float
    end: float
    src: str
    dst: str
    protocol: object
    dst_port: object
    label: str
    scenario: str

    @property
    def vague(self):
        """How little it says of the ends: of two lines the one that says more goes first."""
        return 2 * (self.src == ANY) + (self.dst == ANY)

    def covers(self, packet):
        """Whether a packet belongs to this line, either way round."""
        if not self.start <= packet.time <= self.end:
            return False
        if self.protocol not in (ANY, packet.protocol):
            # An error about a segment or datagram is counted with the flow that it quotes.
            return (self.label != "BENIGN" and self.protocol in (TCP, UDP) and packet.protocol in ICMP
                    and (self._ends(packet.src, packet.dst, self.dst_port)
                         or self._ends(packet.dst, packet.src, self.dst_port)))
        return (self._ends(packet.src, packet.dst, packet.dst_port)
                or self._ends(packet.dst, packet.src, packet.src_port))

    def matches(self, row):
        """Whether a row of flows belongs to this line. One that stands for many has an end or port unsaid."""
        if row["start"] > self.end or row["last"] < self.start or self.protocol not in (ANY, row["protocol"]):
            return False
        many = row["folded"] > 1 and self.label != "BENIGN"
        return (self._ends(row["source"], row["destination"], row["destination_port"], many)
                or self._ends(row["destination"], row["source"], row["source_port"], many))

    def _ends(self, src, dst, port, many=False):
        def same(wanted, found, unsaid):
            return wanted in (ANY, found) or many and found in unsaid
        return (same(self.src, src, NOBODY) and same(self.dst, dst, NOBODY)
                and same(self.dst_port, port, (0,)))


class Truth:
    """All that was done, as it is done."""

    def __init__(self, plan):
        self.plan, self.lines, self.addresses = plan, [], set()

    @contextlib.contextmanager
    def during(self, label, scenario, src, dst, protocol=ANY, port=ANY, tail=1.0):
        """A line that lasts as long as the block, and `tail` seconds for what is still under way."""
        line = Line(time.time(), float("inf"), src, dst, protocol, port, label, scenario)
        self.lines.append(line)
        try:
            yield line
        finally:
            line.end = time.time() + tail

    @property
    def anybody(self):
        """When the last line ends that claims what comes from anybody: not before, the next may begin."""
        return max((line.end for line in self.lines if line.src == ANY), default=0)

    def ordered(self):
        """The more a line says the earlier, honest pairs before one with anybody in it: the first that matches
        a flow names it."""
        lines = []
        for line in sorted(self.lines, key=lambda line: line.vague):
            lines += [*(self._honest(line) if line.label != "BENIGN" else ()), line]
        return lines

    def save(self, path):
        """Writes the file."""
        with open(path, "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for line in self.ordered():
                writer.writerow([_utc(line.start), _utc(line.end), *dataclasses.astuple(line)[2:]])

    def _honest(self, line):
        """What goes on meanwhile between honest hosts, where a line says anybody."""
        hosts = self.plan.honest
        others = [address for host in hosts for address in host.addresses
                  if not {line.src, line.dst} & set(host.addresses)]
        benign = []
        if line.protocol == ANY and line.label not in LOOKING:
            benign = [dataclasses.replace(line, protocol=ARP, label="BENIGN")]
        if line.src == ANY:
            return benign + [
                dataclasses.replace(line, src=address, label="BENIGN", dst_port=ANY) for address in
                [*others, *self._routers, *GROUPS, str(self.plan.inner.broadcast_address)]
                if (":" in address) == (":" in line.dst)]
        if line.dst == ANY and any(line.src in host.addresses for host in hosts):
            return [dataclasses.replace(line, dst=address, label="BENIGN", dst_port=ANY) for address in others
                    if (":" in address) == (":" in line.src)]
        return benign

    @property
    def _routers(self):
        """Ward's own addresses, and the outside's router."""
        plan = self.plan
        return list(map(str, (wiring.ward_address(plan), plan.outer[1], plan.outer[2], plan.inner6[1], plan.outer6[2])))

    def judge(self, packets):
        """What the wire says of every scenario: packets and flows of each, lines that nothing agrees
        with, packets of attackers that no line claims, and how many packets there were. BENIGN lines may stay
        unheard."""
        lines = self.ordered()
        known = {address for host in self.plan.hosts for address in host.addresses} | set(self._routers)
        result = {line.scenario: Heard(line.label) for line in lines if line.label != "BENIGN"}
        empty = {number for number, line in enumerate(lines) if line.label != "BENIGN"}
        stray = collections.Counter()
        coming = sorted(range(len(lines)), key=lambda number: lines[number].start, reverse=True)
        active, count = [], 0
        for count, packet in enumerate(packets, 1):
            while coming and lines[coming[-1]].start <= packet.time:
                active = [number for number in active if lines[number].end > packet.time - 1]
                active = sorted([*active, coming.pop()])
            for number in active:
                line = lines[number]
                if line.covers(packet):
                    if line.label != "BENIGN":
                        result[line.scenario].add(packet)
                    empty.discard(number)
                    break
            else:
                if packet.protocol == ARP:
                    continue
                for address in (packet.src, packet.dst):
                    if address in self.addresses or address not in known and _ordinary(address):
                        stray[address] += 1
        return result, [lines[number] for number in sorted(empty)], stray, count


class Heard:
    """What was heard of a scenario."""

    def __init__(self, label):
        self.label, self.packets, self.bytes, self.flows = label, 0, 0, set()

    def add(self, packet):
        self.packets += 1
        self.bytes += packet.length
        ends = ((packet.src, packet.src_port), (packet.dst, packet.dst_port))
        self.flows.add((packet.protocol, min(ends), max(ends)))


def _ordinary(address):
    """Neither broadcast, multicast, link-local nor unspecified."""
    if ":" in address:
        return not address.startswith(("ff", "fe80")) and address != "::"
    first = int(address.split(".")[0])
    return first < 224 and first != 0 and not address.startswith("169.254.") and not address.endswith(".255")


def _utc(seconds):
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


Packet = collections.namedtuple("Packet", "time length protocol src dst src_port dst_port")


def read(path):
    """The packets of a capture that tcpdump wrote: Ethernet, classic pcap, microseconds. ARP and neighbour
    discovery have protocol 0."""
    with open(path, "rb") as file:
        head = file.read(24)
        if len(head) < 24 or struct.unpack("<I", head[:4])[0] != 0xA1B2C3D4:
            raise ValueError(f"{path}: no pcap file of this machine")
        while len(record := file.read(16)) == 16:
            seconds, micros, kept, length = struct.unpack("<IIII", record)
            packet = _packet(seconds + micros / 1e6, length, file.read(kept))
            if packet:
                yield packet


def _packet(time, length, frame):
    kind = frame[12:14]
    if kind == b"\x08\x06" and len(frame) >= 42:
        return Packet(time, length, 0, socket.inet_ntoa(frame[28:32]), socket.inet_ntoa(frame[38:42]), 0, 0)
    if kind == b"\x08\x00" and len(frame) >= 34:
        protocol, at = frame[23], 14 + (frame[14] & 15) * 4
        whole = not struct.unpack(">H", frame[20:22])[0] & 0x1FFF
        src, dst = socket.inet_ntoa(frame[26:30]), socket.inet_ntoa(frame[30:34])
    elif kind == b"\x86\xdd" and len(frame) >= 54:
        protocol, at, whole = frame[20], 54, True
        src, dst = (socket.inet_ntop(socket.AF_INET6, frame[a:a + 16]) for a in (22, 38))
        if protocol == 58 and len(frame) > at and 133 <= frame[at] <= 137:
            protocol = ARP
    else:
        return None
    ports = (0, 0)
    if protocol in (6, 17) and whole and len(frame) >= at + 4:
        ports = struct.unpack(">HH", frame[at:at + 4])
    return Packet(time, length, protocol, src, dst, *ports)


def load(path):
    """The lines of a file that `save` wrote, in its order."""
    def cell(text):
        return int(text) if text.isdigit() else text

    def seconds(text):
        return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z").timestamp()
    with open(path, newline="") as file:
        return [Line(seconds(row["start"]), seconds(row["end"]), row["src"], row["dst"], cell(row["protocol"]),
                     cell(row["dst_port"]), row["label"], row["scenario"]) for row in csv.DictReader(file)]
