"""Floods in which every SYN names another source: all are called so, honest rows are not, nobody is blocked."""
import collections, ipaddress, os, pathlib, random, struct, subprocess, sys, tempfile

from . import families, pcap
from .markdown import percent, table
from .pipeline import Programs, fingerprint
from .setup import Setup

REAL = "stopddos/pkt.TCP.synflood.spoofed.pcap"
SYNS, RATE, AFTER = 100_000, 10_000, 20.0  # SYNs, SYNs a second, s after the capture's begin
IN_TIME = 2.0  # s of packet time from the first SYN to a row that is called a flood
ETHERNET, TCP = 14, 6


def run(setup):
    """The numbers of the real flood, if it is there, and of the one made here."""
    capture, begin, target = flooded(setup.programs)
    found = setup.programs.judged(capture)
    numbers = {"made": judged(found, begin, target)}
    real = next((one for one in setup.captures if one.file == REAL), None)
    if real:
        numbers["real"] = setup.judged([real])[0]
    return numbers


def flooded(programs, seed=1):
    """A minute of imitated traffic with a flood in it, made once; when the flood begins, and at whom."""
    name = f"{fingerprint(programs.folder / 'imitate')}-{fingerprint(__file__)}-{seed}"
    calm, target = programs.cache / f"calm-{name}.pcap", programs.cache / f"flood-{name}.pcap"
    programs.cache.mkdir(parents=True, exist_ok=True)
    subprocess.run([programs.folder / "imitate", "--seed", str(seed), "--minutes", "1", "--attacks", "none",
                    "--output", calm], check=True, capture_output=True)
    link, packets = pcap.read(calm)
    begin = packets[0].time + int(AFTER * pcap.SECOND)
    server = busiest(packets)
    if not target.exists():
        draft = target.with_suffix(f".{os.getpid()}")
        pcap.write(draft, link, packets + list(syns(server, begin, random.Random(seed))))
        draft.rename(target)
    calm.unlink()
    return target, begin / pcap.SECOND, server[:2]


def busiest(packets):
    """Address, port, and the MAC addresses to and from, of the server with most connections."""
    answers = collections.Counter()
    for data in (one.data for one in packets):
        if data[12:14] == b"\x08\x00" and data[23] == TCP and len(data) >= 54 and data[47] & 0x3F == 0x12:
            port = struct.unpack_from(">H", data, 34)[0]
            answers[str(ipaddress.ip_address(data[26:30])), port, data[6:12], data[:6]] += 1
    return answers.most_common(1)[0][0]


def syns(server, begin, chance):
    """The flood's packets."""
    address, port, to, via = server
    for number in range(SYNS):
        source = foreign(chance)
        transport = struct.pack(">HHIIBBHHH", chance.randint(1, 65535), port, chance.getrandbits(32), 0, 5 << 4, 2,
                                chance.randint(512, 65535), chance.getrandbits(16), 0)
        network = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 40, chance.getrandbits(16), 0, chance.randint(40, 250), TCP,
                              chance.getrandbits(16), source, ipaddress.ip_address(address).packed)
        data = to + via + b"\x08\x00" + network + transport
        yield pcap.Packet(begin + number * pcap.SECOND // RATE, len(data), data)


def foreign(chance):
    """An address that anybody on the internet could have."""
    while True:
        address = ipaddress.IPv4Address(chance.getrandbits(32))
        if address.is_global and not address.is_multicast:
            return address.packed


def judged(found, begin, target):
    """What became of the flood's rows and of the honest ones."""
    attack = [row for row in found if floods(row, target)]
    benign = [row for row in found if not floods(row, target)]
    flagged = [row for row in attack if row.attack == "SYN_FLOOD"]
    return {"rows": len(attack), "named": len(flagged), "stood_for": sum(row.folded for row in attack),
            "alert_s": min((row.last - begin for row in flagged), default=None),
            "benign_rows": len(benign), "alarms": sum(families.is_attack(row.attack) for row in benign),
            "blocked": sorted({row.source for row in found if row.action == "blocked"})}


def floods(row, target):
    """Whether a row is of the flood: to the target, from an address outside or from many."""
    ends = dict(row.ends)
    others = [address for address in ends if address != target[0]]
    return (row.protocol == TCP and target in row.ends and len(others) == 1
            and (others[0] == "0.0.0.0" or ipaddress.ip_address(others[0]).is_global))


def check(words):
    """`evaluate check-spoofed [BIN]`: 0 if a flood that is made here is dealt with as it should be."""
    programs = pathlib.Path(words[0] if words else ".build/release").resolve()
    with tempfile.TemporaryDirectory() as folder:
        setup = Setup([], Programs(programs, pathlib.Path(folder)))
        bad = wrong(run(setup)["made"])
    for line in bad:
        print(f"evaluate: {line}", file=sys.stderr)
    return 1 if bad else 0


def wrong(made):
    """What a flood that was made did not do as it should, in words."""
    late = made["alert_s"] is None or made["alert_s"] > IN_TIME
    return [words for words, bad in (
        (f"no alert within {IN_TIME:g} s", late), (f"{made['alarms']} honest rows are called an attack", made["alarms"]),
        (f"{len(made['blocked'])} sources are blocked", made["blocked"])) if bad]


def parts(numbers):
    """The table."""
    made, real = numbers["made"], numbers.get("real")
    lines = []
    if real and "refused" not in real:
        attack, incident = real["attack"], real["incidents"][0]
        lines.append((f"`{REAL}`", attack["rows"], percent(attack["names"].get("SYN_FLOOD", 0), attack["rows"]),
                      f"{incident['alert_s'] or 0:.2f} s", real["benign"]["rows"], real["benign"]["alarms"],
                      len(real["blocked"])))
    alert = "none" if made["alert_s"] is None else f"{made['alert_s']:.2f} s"
    lines.append((f"made: {SYNS:,} SYNs, {RATE:,} a second, in a minute of imitated traffic", made["rows"],
                  percent(made["named"], made["rows"]), alert, made["benign_rows"], made["alarms"],
                  len(made["blocked"])))
    header = ("flood", "#rows", "#called SYN_FLOOD", "#first such row", "#honest rows", "#false alarms",
              "#sources blocked")
    return {"spoofed": table(header, lines)}
