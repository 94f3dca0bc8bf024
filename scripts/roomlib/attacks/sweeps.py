"""Looking for hosts, and for the ports that worms exploit; scans by tools that are not nmap."""
import socket, struct

from . import raw, scenario, senders
from .floods import anybody, between
from .scans import nmap, ports
from .talk import either
from ..truth import ANY

EXPLOITED = ((23, 2323), (445, 139), (23, 2323, 5555, 7547, 37215), (3389, 5900), (445,), (6379, 1433), (23,),
             (502,), (135, 139, 445), (7547, 37215), (502, 20000, 44818, 47808), (5555, 7547))
KNOCKS = (b"", b"\r\n", b"admin\r\nadmin\r\n", b"\0\0\0\x2f\xffSMBr\0\0\0\0", b"*1\r\n$4\r\nINFO\r\n",
          b"POST /UD/act?1 HTTP/1.1\r\n\r\n", b"\3\0\0\x13\x0e\xe0\0\0", b"\0\1\0\0\0\5\1\x2b\x0e\1\0")


def network(scene):
    """The ward's network, or the half of it."""
    halves = list(scene.plan.inner.subnets(1))
    return str(scene.dice.choice((scene.plan.inner, scene.plan.inner, scene.dice.choice(halves))))


@scenario("sweep-ping", "PORT_SCAN", "nmap -sn: who in the ward is there", ["nmap"])
def sweep_ping(scene):
    attacker, dice = either(scene), scene.dice
    pings = dice.choice((["-PE"], ["-PE", "-PP"], [], ["-PS22,80,443"]))
    with scene.attack(attacker.address, ANY, tail=2):
        nmap(scene, attacker, network(scene), "-sn", *pings, "--max-rate", between(scene, 30, 400))


@scenario("sweep-port", "PORT_SCAN", "nmap: one port at all hosts of the ward", ["nmap"])
def sweep_port(scene):
    attacker, port = either(scene), scene.dice.choice((22, 80, 443, 1883, 104, 2575, 8080, 21))
    with scene.attack(attacker.address, ANY, tail=2):
        nmap(scene, attacker, network(scene), scene.dice.choice(("-sS", "-sT")), "-Pn", "-p", port)


@scenario("sweep-hand", "PORT_SCAN", "hand-made SYNs or echo requests to all the ward's addresses")
def sweep_hand(scene):
    attacker, dice, style = either(scene), scene.dice, raw.Style.of(scene.dice)
    port, flags = dice.choice((22, 80, 443, 1883, 2575, 0)), raw.SYN
    targets = [str(address) for address in scene.plan.inner.hosts() if str(address) != attacker.address]
    if dice.random() < 0.7:
        dice.shuffle(targets)

    def probe(index, target):
        if not port:
            return style.ip(index, dice, attacker.address, target, 1, raw.icmp(
                8, struct.pack(">HH", style.port, index) + dice.randbytes(dice.choice((0, 8, 56)))))
        return style.segment(index, dice, attacker.address, target, port, flags)
    with scene.attack(attacker.address, ANY, tail=3):
        senders.pour(scene, attacker, (probe(*each) for each in enumerate(targets)), between(scene, 20, 300))


@scenario("scan-nping", "PORT_SCAN", "nping: SYNs to many ports of one host", ["nping"])
def scan_nping(scene):
    attacker, victim, dice = either(scene), anybody(scene), scene.dice
    first, rate = dice.randint(1, 9000), between(scene, 15, 600)
    with scene.attack(attacker.address, victim.address):
        scene.run(attacker, "nping", "-q", "-N", "-e", "eth0", "-S", attacker.address, "--tcp", "--flags",
                  dice.choice(("syn", "syn", "fin", "ack")), "--win",
                  dice.choice((512, 1024, 1480, 8192, 65535)), "--ttl", dice.randint(40, 255),
                  "-p", f"{first}-{first + max(25, int(rate * scene.seconds))}",
                  "-c", 1, "--rate", rate, victim.address, seconds=scene.seconds + 3)


@scenario("scan-hping", "PORT_SCAN", "hping3: SYNs to one port after the other", ["hping3"])
def scan_hping(scene):
    attacker, victim, dice = either(scene), anybody(scene), scene.dice
    rate = between(scene, 15, 1000)
    with scene.attack(attacker.address, victim.address):
        scene.run(attacker, "hping3", "-q", "-n", "-I", "eth0", "-a", attacker.address,
                  dice.choice(("-S", "-F", "-A")), "-p", f"++{dice.randint(1, 9000)}",
                  "-w", dice.choice((64, 512, 1024, 65535)), "-t", dice.choice((64, 128, 255)),
                  "-i", f"u{1_000_000 // rate}", "-c", max(25, int(rate * scene.seconds)),
                  victim.address, seconds=scene.seconds + 3)


@scenario("scan-python", "PORT_SCAN", "a script that connects to ports in any order, at any pace")
def scan_python(scene):
    attacker, victim, dice = either(scene), anybody(scene), scene.dice
    rate = between(scene, 8, 400)
    chosen = ports(dice, max(40, min(int(rate * scene.seconds), 1500)))
    dice.shuffle(chosen)
    with scene.attack(attacker.address, victim.address, tail=2):
        scene.call(attacker, knock, scene, [(victim.address, port) for port in chosen], rate, (b"",))


def knock(scene, places, rate, words):
    """Connects to one place after the other, at a pace that jitters, and says a word if it may."""
    dice, patience = scene.dice, scene.dice.uniform(0.1, 0.6)
    left = 3 * scene.seconds
    for place in places:
        with socket.socket() as one:
            one.settimeout(patience)
            try:
                one.connect(place)
                one.send(dice.choice(words))
                one.recv(64)
            except TimeoutError:
                left -= patience
            except OSError:
                pass  # refused, or nobody there
        pause = dice.expovariate(rate)
        scene.wait(pause)
        left -= pause
        if left < 0:
            return


@scenario("exploit-connect", "EXPLOIT_PROBE", "a worm connects to ports that it can exploit, host after host")
def exploit_connect(scene):
    attacker, dice = either(scene), scene.dice
    hosts = [host.address for host in scene.plan.hosts if host.inside and host.role != "visitor"]
    hosts = dice.sample(hosts, dice.randint(min(5, len(hosts)), len(hosts)))
    places = [(host, port) for host in hosts for port in dice.choice(EXPLOITED)] * dice.randint(1, 2)
    dice.shuffle(places)
    with scene.attack(attacker.address, ANY, tail=2):
        scene.call(attacker, knock, scene, places, between(scene, 3, 60), KNOCKS)


@scenario("exploit-syn", "EXPLOIT_PROBE", "as Mirai does: SYNs to telnet and its like all over the ward")
def exploit_syn(scene):
    attacker, dice, style = either(scene), scene.dice, raw.Style.of(scene.dice)
    chosen, mirai = dice.choice(EXPLOITED), dice.random() < 0.5
    places = [(str(address), port) for address in scene.plan.inner.hosts() for port in chosen
              if str(address) != attacker.address]
    dice.shuffle(places)

    def probe(index, target, port):
        number = struct.unpack(">I", raw.packed(target))[0] if mirai else style.number(index, dice)
        return style.ip(index, dice, attacker.address, target, 6, raw.tcp(
            attacker.address, target, (style.source_port(index, dice), port), raw.SYN, number, 0,
            dice.randrange(65536) if mirai else style.window, style.options))
    with scene.attack(attacker.address, ANY, tail=3):
        senders.pour(scene, attacker, (probe(n, *place) for n, place in enumerate(places)),
                     between(scene, 10, 500))


@scenario("exploit-nmap", "EXPLOIT_PROBE", "nmap: the ports of worms at every host", ["nmap"])
def exploit_nmap(scene):
    attacker, chosen = either(scene), scene.dice.choice(EXPLOITED)
    hosts = [host.address for host in scene.plan.hosts if host.inside and host.role != "visitor"]
    scene.dice.shuffle(hosts)
    with scene.attack(attacker.address, ANY, tail=2):
        nmap(scene, attacker, " ".join(hosts), "-sS", "-Pn", "-p", ",".join(map(str, chosen)))
