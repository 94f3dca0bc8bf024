"""Looking for ports, hosts and holes."""
import contextlib

from . import scenario
from .floods import anybody, between
from .talk import either

COMMON = (21, 22, 23, 25, 53, 80, 81, 104, 110, 111, 135, 139, 143, 161, 179, 389, 443, 445, 514, 515, 548,
          554, 587, 631, 636, 873, 993, 995, 1080, 1433, 1521, 1723, 1883, 2049, 2121, 2575, 3000, 3128, 3306,
          3389, 5000, 5060, 5432, 5900, 6000, 6379, 7547, 8000, 8008, 8080, 8081, 8443, 8883, 8888, 9100,
          9200, 10000, 11112, 27017)


def ports(dice, count):
    """Ports to look at: common ones, some in a row, or any."""
    way = dice.randrange(3)
    if way == 0:
        return dice.sample(COMMON, min(count, len(COMMON)))
    first = dice.randint(1, 20000)
    return list(range(first, first + count)) if way == 1 else dice.sample(range(1, 65536), count)


def joined(numbers):
    return ",".join(map(str, numbers))


def nmap(scene, attacker, target, *words, count=None, seconds=None):
    """nmap with a pace and look that chance chooses; all that goes on between the two is the scan."""
    dice, pace = scene.dice, []
    if "--scan-delay" not in words and "--max-rate" not in words:
        least = max(15, (count or 0) / (2 * scene.seconds))
        pace = [dice.choice(("-T3", "-T4")), "--max-rate", between(scene, least, max(1500, least))]
    # Neighbour discovery needs a hop limit of 255 (RFC 4861).
    look = ["--ttl", dice.randint(40, 255)] if dice.random() < 0.3 and "-6" not in words else []
    look += ["--data-length", dice.randint(1, 60)] if dice.random() < 0.2 and "-sT" not in words else []
    if count:
        look += ["-p", joined(ports(dice, count))]
    look += ["-Pn"] if dice.random() < 0.6 and "-sn" not in words else []
    limit = seconds or 4 * scene.seconds
    done = scene.run(attacker, "nmap", "-n", "--max-retries", dice.randint(0, 2), "--host-timeout",
                     f"{limit:.0f}s", *pace, *look, *words, *target.split(), seconds=limit + 2)
    if "(0 hosts up)" in done.output and "-sn" not in words:
        raise RuntimeError(f"nmap found nobody at {target}")


def one(scene, *words, attacker=None, few=30, many=1000, **options):
    """One host looked at."""
    attacker, victim = attacker or either(scene), anybody(scene)
    with scene.attack(attacker.address, victim.address):
        nmap(scene, attacker, victim.address, *words, count=between(scene, few, many), **options)


@scenario("scan-syn", "PORT_SCAN", "nmap -sS: half-open scan of one host from outside", ["nmap"])
def scan_syn(scene):
    one(scene, "-sS", attacker=scene.outsider())


@scenario("scan-syn-within", "PORT_SCAN", "nmap -sS from within the ward", ["nmap"])
def scan_syn_within(scene):
    one(scene, "-sS", attacker=scene.insider())


for name, flag, what, few, many in (
        ("connect", "-sT", "connections to many ports of one host", 30, 500),
        ("udp", "-sU", "datagrams to some ports of one host", 25, 200),
        ("null", "-sN", "segments without flags", 30, 400),
        ("fin", "-sF", "FINs", 30, 400),
        ("xmas", "-sX", "FIN, PSH and URG", 30, 400),
        ("ack", "-sA", "ACKs that tell what is filtered", 30, 500)):
    scenario(f"scan-{name}", "PORT_SCAN", f"nmap {flag}: {what}", ["nmap"])(
        lambda scene, flag=flag, few=few, many=many: one(scene, flag, few=few, many=many))


@scenario("scan-versions", "PORT_SCAN", "nmap -sV: what answers at a few ports", ["nmap"])
def scan_versions(scene):
    attacker, victim, dice = either(scene), scene.host(scene.dice.choice(("records", "broker"))), scene.dice
    chosen = sorted({21, 22, 80, 1883} | set(ports(dice, dice.randint(10, 30))))
    with scene.attack(attacker.address, victim.address):
        nmap(scene, attacker, victim.address, "-sV", "--version-intensity", dice.randint(0, 5), "-p",
             joined(chosen))


@scenario("scan-system", "PORT_SCAN", "nmap -O: what system it is", ["nmap"])
def scan_system(scene):
    one(scene, "-O", "--max-os-tries", 1, few=25, many=200)


@scenario("scan-fast", "PORT_SCAN", "nmap -T4 of a thousand ports and more", ["nmap"])
def scan_fast(scene):
    attacker, victim, dice = either(scene), anybody(scene), scene.dice
    with scene.attack(attacker.address, victim.address):
        scene.run(attacker, "nmap", "-n", "-Pn", dice.choice(("-sS", "-sS", "-sT")), "-T4", "--max-rate",
                  dice.randint(1200, 2000), "--max-retries", 1, "--top-ports", dice.randint(800, 3000),
                  victim.address, seconds=2 * scene.seconds)


@scenario("scan-slow", "PORT_SCAN", "nmap with a pause before each of a few dozen ports", ["nmap"])
def scan_slow(scene):
    limit, delay = 3 * scene.seconds, scene.dice.randint(120, 500)
    one(scene, scene.dice.choice(("-sS", "-sT")), "--scan-delay", f"{delay}ms",
        few=int(limit * 800 / delay), many=int(limit * 1000 / delay), seconds=limit)


@scenario("scan-fragments", "PORT_SCAN", "nmap -f: headers cut into fragments", ["nmap"])
def scan_fragments(scene):
    size = scene.dice.choice((["-f"], ["-f", "-f"], ["--mtu", 24]))
    one(scene, scene.dice.choice(("-sS", "-sF")), *size, many=300)


@scenario("scan-decoys", "PORT_SCAN", "nmap -D: a scan hidden among forged ones", ["nmap"])
def scan_decoys(scene):
    attacker, victim, dice = scene.outsider(), anybody(scene), scene.dice
    decoys = scene.nobodys(dice.randint(2, 6), inside=False)
    with contextlib.ExitStack() as claims:
        for address in [attacker.address, *decoys]:
            claims.enter_context(scene.attack(address, victim.address, tail=4))
        nmap(scene, attacker, victim.address, "-sS", "-Pn", "-D", ",".join(decoys),
             count=between(scene, 30, 300))


@scenario("scan-source-53", "PORT_SCAN", "nmap from a port that filters trust", ["nmap"])
def scan_source_53(scene):
    one(scene, "-sS", "--source-port", scene.dice.choice((53, 53, 20, 80, 88, 443)), many=500)


@scenario("scan-ipv6", "PORT_SCAN", "nmap -6", ["nmap"])
def scan_ipv6(scene):
    attacker, victim, dice = either(scene), anybody(scene), scene.dice
    with scene.attack(attacker.address6, victim.address6):
        nmap(scene, attacker, victim.address6, "-6", "-e", "eth0", "-S", attacker.address6, "-sS", "-Pn",
             count=between(scene, 30, 400))
