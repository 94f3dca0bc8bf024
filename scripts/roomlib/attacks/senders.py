"""Senders of packets without end, each kind with more than one tool, which chance chooses with its look.

`src` is the address that is sent from: the host's own, a forged one, a list of forged ones, or ANY for
one that is made up for each packet.
"""
import itertools, socket, struct

from . import raw
from ..truth import ANY

_LETTERS = ((raw.SYN, "-S"), (raw.ACK, "-A"), (raw.FIN, "-F"), (raw.RST, "-R"), (raw.PSH, "-P"),
            (raw.URG, "-U"))


def sizes(dice, smallest, largest):
    """A function that gives payload sizes: always the same, or another each time."""
    low, high = sorted((round(smallest * (largest / smallest) ** dice.random()) for _ in range(2)))
    return (lambda: low) if dice.random() < 0.5 else (lambda: dice.randint(low, high))


def _source(scene, src):
    if src == ANY:
        return lambda: raw.anyone(scene.dice)
    return (lambda: scene.dice.choice(src)) if isinstance(src, list) else (lambda: src)


def _hping(scene, host, src, dst, rate, *words):
    dice = scene.dice
    look = ["--rand-source"] if src == ANY else ["-a", src]
    look += ["-t", dice.choice((64, 64, 128, 255, dice.randint(40, 255)))]
    look += ["-y"] if dice.random() < 0.3 else []
    if "--icmp" not in words:
        look += dice.choice(([], ["-s", dice.randint(1024, 60000)], ["-s", dice.randint(1024, 60000), "-k"]))
    scene.run(host, "hping3", "-q", "-n", "-I", "eth0", *look, "-i", f"u{1_000_000 // rate}",
              "-c", int(rate * scene.seconds), *words, dst, seconds=scene.seconds + 2)


def _nping(scene, host, src, dst, rate, *words):
    dice = scene.dice
    look = ["--ttl", dice.choice((64, 64, 128, 255, dice.randint(40, 255)))]
    if ":" in dst:  # it knows no neighbours of IPv6
        victim = next(one for one in scene.plan.hosts if one.address6 == dst)
        look = ["-6", "--hop-limit", look[1], "--send-eth", "--source-mac", host.mac,
                "--dest-mac", victim.mac]
    if "--icmp" not in words and dice.random() < 0.5:
        look += ["-g", dice.randint(1024, 60000)]
    done = scene.run(host, "nping", *look, "-q", "-N", "-e", "eth0", "-S", src, "--rate", rate,
                     "-c", int(rate * scene.seconds), *words, dst, seconds=scene.seconds + 3)
    if done.status not in (0, 124):
        raise RuntimeError(f"nping: {done.output.strip()}")


def pour(scene, host, packets, rate):
    """Sends hand-made packets for as long as the scene."""
    burst = scene.dice.choice((1, 1, 1, 5, 20))
    packets = itertools.islice(packets, int(rate * scene.seconds))
    return scene.call(host, raw.pour, packets, rate, scene.over, burst)


def segments(scene, host, src, dst, port, flags, rate, payload=0):
    """TCP segments with such flags to a port."""
    dice = scene.dice
    window = dice.choice((64, 512, 1024, 8192, 29200, 65535))
    tool = dice.choice(["raw"] if isinstance(src, list) else ["raw", "hping"] if src == ANY or ":" not in dst
                       else ["raw", "nping"] if host.inside else ["raw"])
    if tool == "hping" and src != ANY and rate < 900 and dice.random() < 0.4:
        tool = "nping"
    if tool == "hping":
        letters = [letter for bit, letter in _LETTERS if flags & bit]
        return _hping(scene, host, src, dst, rate, "-p", port, "-w", window, *letters,
                      *(("-d", payload) if payload else ()))
    if tool == "nping":
        return _nping(scene, host, src, dst, rate, "--tcp", "-p", port, "--flags", f"0x{flags:02x}",
                      "--win", window, *(("--data-length", payload) if payload else ()))
    style, source = raw.Style.of(dice), _source(scene, src)
    return pour(scene, host, (
        style.segment(index, dice, source(), dst, port, flags, dice.randbytes(payload))
        for index in itertools.count()), rate)


def datagrams(scene, host, src, dst, port, size, rate):
    """UDP datagrams to a port, or to other ones each time if it is ANY."""
    dice = scene.dice
    tool = dice.choice(["raw"] if isinstance(src, list) or port == ANY and src == ANY else
                       ["raw", "hping"] if src == ANY else ["raw", "socket"] if port == ANY else
                       ["raw", "hping", "nping", "socket"])
    if tool == "hping":
        return _hping(scene, host, src, dst, rate, "--udp", "-p", port, "-d", size())
    if tool == "nping":
        return _nping(scene, host, src, dst, min(rate, 900), "--udp", "-p", port, "--data-length", size())
    if tool == "socket":
        return scene.call(host, from_socket, scene, src, dst, port, size, rate)
    style, source = raw.Style.of(dice), _source(scene, src)
    return pour(scene, host, (
        style.datagram(index, dice, source(), dst, dice.randint(1, 65535) if port == ANY else port,
                       dice.randbytes(min(size(), 1350)))
        for index in itertools.count()), rate)


def from_socket(scene, src, dst, port, size, rate):
    """As a script kiddie's program does: one socket, or a new one each time."""
    dice, again = scene.dice, scene.dice.random() < 0.3
    sender = None
    for _ in range(int(rate * scene.seconds)):
        if again or not sender:
            if sender:
                sender.close()
            sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            sender.bind((src, 0))
        try:
            sender.sendto(dice.randbytes(size()), (dst, dice.randint(1, 65535) if port == ANY else port))
        except OSError:
            pass  # an error that came back, or a queue that is full
        scene.wait(dice.uniform(0.5, 1.5) / rate)
    sender.close()


def echoes(scene, host, src, dst, size, rate):
    """ICMP echo requests, at times other messages."""
    dice = scene.dice
    tool = dice.choice(["raw"] if isinstance(src, list) else ["raw", "hping"] if src == ANY else
                       ["raw", "hping", "nping"])
    if tool == "hping":
        return _hping(scene, host, src, dst, rate, "--icmp", "-d", size())
    if tool == "nping":
        return _nping(scene, host, src, dst, min(rate, 900), "--icmp", "--data-length", size())
    style, source, kind = raw.Style.of(dice), _source(scene, src), dice.choice((8, 8, 8, 8, 13, 0))
    return pour(scene, host, (
        style.ip(index, dice, source(), dst, 1, raw.icmp(kind, struct.pack(
            ">HH", style.port, index & 0xFFFF) + dice.randbytes(min(size(), 1350))))
        for index in itertools.count()), rate)
