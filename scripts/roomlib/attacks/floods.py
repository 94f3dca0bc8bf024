"""Floods of TCP segments, from real addresses and made-up ones. Of no connection are ACK, FIN, RST and
what no stack sends."""
import itertools, struct

from . import raw, scenario, senders
from .talk import either
from ..truth import ANY

SERVICES = (("records", 80), ("records", 104), ("records", 22), ("records", 2575), ("records", 21),
            ("records", 11112), ("broker", 1883), ("services", 53), ("printer", 9100))
TOOLS = ("hping3", "nping")


def service(scene):
    """A server and one of its ports."""
    role, port = scene.dice.choice(SERVICES)
    return scene.host(role), port


def anybody(scene):
    """Any host of the ward but the one that attackers within act from."""
    return scene.dice.choice([host for host in scene.plan.hosts if host.inside and host.role != "visitor"])


def between(scene, low, high):
    """A rate, as likely in one order of magnitude as in another. Packets/s."""
    return round(low * (high / low) ** scene.dice.random())


@scenario("syn-flood-slow", "SYN_FLOOD", "SYNs from one address, 50 to 150 a second", TOOLS)
def syn_flood_slow(scene):
    syns(scene, scene.outsider(), between(scene, 50, 150))


@scenario("syn-flood", "SYN_FLOOD", "SYNs from one address to a server, some hundred a second", TOOLS)
def syn_flood(scene):
    syns(scene, scene.outsider(), between(scene, 200, 800))


@scenario("syn-flood-fast", "SYN_FLOOD", "SYNs from one address, up to 2,000 a second", TOOLS)
def syn_flood_fast(scene):
    syns(scene, scene.outsider(), between(scene, 1200, 2000))


def syns(scene, attacker, rate):
    victim, port = service(scene)
    with scene.attack(attacker.address, victim.address, 6, port, tail=4):
        senders.segments(scene, attacker, attacker.address, victim.address, port, raw.SYN, rate)


@scenario("syn-flood-spoofed", "SYN_FLOOD", "SYNs from addresses all over the world", TOOLS)
def syn_flood_spoofed(scene):
    (victim, port), attacker = service(scene), scene.outsider()
    with scene.attack(ANY, victim.address, 6, port, tail=4):
        senders.segments(scene, attacker, ANY, victim.address, port, raw.SYN, between(scene, 150, 2000))


@scenario("syn-flood-neighbours", "SYN_FLOOD", "SYNs in the name of addresses of the ward that nobody has")
def syn_flood_neighbours(scene):
    (victim, port), attacker = service(scene), either(scene)
    forged = scene.nobodys(scene.dice.randint(20, 120))
    with scene.attack(ANY, victim.address, 6, port, tail=4):
        senders.segments(scene, attacker, forged, victim.address, port, raw.SYN, between(scene, 100, 1500))


@scenario("syn-flood-closed", "SYN_FLOOD", "SYNs to a port that is closed: RSTs come back", TOOLS)
def syn_flood_closed(scene):
    victim, attacker = anybody(scene), scene.outsider()
    port = scene.dice.choice((443, 8080, 25, 445, scene.dice.randint(1024, 65535)))
    with scene.attack(attacker.address, victim.address, 6, port):
        senders.segments(scene, attacker, attacker.address, victim.address, port, raw.SYN,
                         between(scene, 60, 1500))


@scenario("syn-flood-broker", "SYN_FLOOD", "SYNs from within the ward to the broker", TOOLS)
def syn_flood_broker(scene):
    attacker, victim = scene.insider(), scene.host("broker")
    with scene.attack(attacker.address, victim.address, 6, 1883, tail=4):
        senders.segments(scene, attacker, attacker.address, victim.address, 1883, raw.SYN,
                         between(scene, 60, 1800))


@scenario("syn-flood-ipv6", "SYN_FLOOD", "SYNs over IPv6, from one address or from made-up ones", ["nping"])
def syn_flood_ipv6(scene):
    (victim, port), attacker = service(scene), either(scene)
    src = attacker.address6
    if scene.dice.random() < 0.4:
        src = [str(scene.plan.outer6[scene.dice.getrandbits(60) | 1 << 60]) for _ in range(200)]
    with scene.attack(ANY if isinstance(src, list) else src, victim.address6, 6, port, tail=4):
        senders.segments(scene, attacker, src, victim.address6, port, raw.SYN, between(scene, 60, 800))


@scenario("ack-flood", "DDOS", "ACKs of no connection from one address", TOOLS)
def ack_flood(scene):
    stray(scene, scene.dice.choice((raw.ACK, raw.ACK | raw.PSH)), forged=False)


@scenario("ack-flood-spoofed", "DDOS", "ACKs of no connection from addresses all over the world", TOOLS)
def ack_flood_spoofed(scene):
    stray(scene, scene.dice.choice((raw.ACK, raw.ACK | raw.PSH)), forged=True)


@scenario("fin-flood", "DDOS", "FINs of no connection", TOOLS)
def fin_flood(scene):
    stray(scene, scene.dice.choice((raw.FIN, raw.FIN | raw.ACK)), forged=scene.dice.random() < 0.5)


@scenario("rst-flood", "DDOS", "RSTs of no connection", TOOLS)
def rst_flood(scene):
    stray(scene, scene.dice.choice((raw.RST, raw.RST | raw.ACK)), forged=scene.dice.random() < 0.5)


@scenario("xmas-flood", "DDOS", "segments with flags that no stack sends", TOOLS)
def xmas_flood(scene):
    every = raw.FIN | raw.PSH | raw.URG
    stray(scene, scene.dice.choice((every, every | raw.SYN | raw.ACK | raw.RST, raw.SYN | raw.FIN,
                                    raw.SYN | raw.RST, 0)), forged=scene.dice.random() < 0.5)


def stray(scene, flags, forged):
    (victim, port), attacker = service(scene), scene.outsider()
    rate, payload = between(scene, 150, 1800), scene.dice.choice((0, 0, scene.dice.randint(1, 1200)))
    with scene.attack(ANY if forged else attacker.address, victim.address, 6, port, tail=2):
        senders.segments(scene, attacker, ANY if forged else attacker.address, victim.address, port, flags,
                         rate, payload)


@scenario("land", "SYN_FLOOD", "SYNs to a host in its own name, from within or without")
def land(scene):
    (victim, port), attacker = service(scene), either(scene)
    style, dice, same = raw.Style.of(scene.dice), scene.dice, scene.dice.random() < 0.7

    def packet(index):
        ports = (port if same else style.source_port(index, dice), port)
        return style.ip(index, dice, victim.address, victim.address, 6, raw.tcp(
            victim.address, victim.address, ports, raw.SYN, style.number(index, dice), 0, style.window,
            style.options))
    with scene.attack(victim.address, victim.address, 6, port):
        senders.pour(scene, attacker, map(packet, itertools.count()), between(scene, 60, 800))


@scenario("malformed-segments", "DDOS", "segments whose options and lengths are wrong")
def malformed_segments(scene):
    (victim, port), attacker, dice = service(scene), scene.outsider(), scene.dice
    style = raw.Style.of(dice)

    def packet(index):
        options = dice.choice((b"\2\4\0\0", b"\2\0\5\xb4", b"\x08\x0a\0\0",
                               dice.randbytes(4 * dice.randint(1, 8))))
        segment = raw.tcp(attacker.address, victim.address, (style.source_port(index, dice), port),
                          dice.randrange(64), dice.getrandbits(32), dice.getrandbits(32), style.window,
                          options)
        if dice.random() < 0.3:
            offset = dice.choice((0, 1, 4, 15)) << 4
            segment = segment[:12] + struct.pack(">B", offset) + segment[13:]
        return style.ip(index, dice, attacker.address, victim.address, 6, segment)
    with scene.attack(attacker.address, victim.address, 6, port, tail=4):
        senders.pour(scene, attacker, map(packet, itertools.count()), between(scene, 100, 1200))
