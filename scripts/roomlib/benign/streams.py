"""Streams, jobs and noise: cameras, printers, devices' own protocols, and those that call where nobody is."""
import contextlib, socket, struct, time

from . import habit, server
from .accounts import account
from .monitoring import measuring_port, stream_port
from .services import Service, connect, reach, reset, trickle

PRINT_PORT = 9100


@server
def printing(actor):
    """A printer: raw data on port 9100; answers when asked how it is (PJL)."""
    def talk(line):
        while heard := line.recv(65536):
            if b"INFO STATUS" in heard:
                line.sendall(b"@PJL INFO STATUS\r\nCODE=10001\r\nONLINE=TRUE\r\n\x0c")
    with Service(actor, PRINT_PORT, talk):
        actor.wait(1e6)


@habit
def prints(actor):
    """Somebody who prints now and then."""
    dice = actor.dice
    while True:
        actor.pause(40)
        with connect(actor.plan["printer"], PRINT_PORT, dice) as line:
            line.sendall(b"\x1b%-12345X@PJL INFO STATUS\r\n")
            line.recv(500)
            trickle(line, dice.randint(5_000, 400_000), dice.randint(30_000, 200_000), dice)


@habit
def stream(actor):
    """A device's own protocol over one long TCP connection: short records and acknowledgements."""
    dice = actor.dice
    mean, size = dice.choice((0.3, 1, 3, 15)), dice.choice((12, 40, 180, 900))
    with connect(actor.plan["services"], stream_port(actor.plan), dice) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, dice.randint(0, 1))
        while True:
            body = dice.randbytes(max(1, int(size * dice.uniform(0.7, 1.4))))
            line.sendall(struct.pack(">HH", dice.getrandbits(16), len(body)) + body)
            if not line.recv(8):
                raise ConnectionError("the stream was closed")
            actor.pause(mean)


def _idle(actor):
    """A connection that says little for long: kept alive by the kernel only."""
    with connect(actor.plan["services"], stream_port(actor.plan), actor.dice) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, actor.dice.randint(2, 8))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, actor.dice.randint(2, 8))
        actor.pause(45)


def _measure(actor, line, rate, size, seconds):
    """Measurements by UDP, so many a second."""
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        body = struct.pack(">IH", number,
                           size) + actor.dice.randbytes(max(1, int(size * actor.dice.uniform(0.9, 1.1))))
        line.sendto(body, (actor.address("services"), measuring_port(actor.plan)))
        number += 1
        actor.wait(actor.dice.uniform(0.7, 1.3) / rate)


def _hurry(actor):
    """A driver that makes a connection for each record: dozens of them to one service, some ended by RST."""
    dice = actor.dice
    name, port = dice.choice((("services", stream_port(actor.plan)), ("broker", 1883), ("records", 80),
                              ("records", 2575), ("services", 53)))
    rate, rude = dice.uniform(5, 60), dice.choice((0, 0.2, 1))
    for _ in range(dice.randint(15, 120)):
        with contextlib.suppress(OSError), reach(actor, name, port, 2) as line:
            if port == stream_port(actor.plan):
                line.sendall(struct.pack(">HHB", dice.getrandbits(16), 1, dice.getrandbits(8)))
                line.recv(8)
            if dice.random() < rude:
                reset(line)
        actor.wait(dice.expovariate(rate))


def _call_in_vain(actor):
    """Connections, several at once, to a server of the internet that is switched off."""
    dice, gone = actor.dice, actor.plan["gone"]
    port = dice.choice((443, 1883, 8883, 80, 22))
    with contextlib.ExitStack() as rest:
        for _ in range(dice.randint(1, 25)):
            line = rest.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
            line.setblocking(False)
            line.connect_ex((dice.choice((gone.address, *gone.others)), port))
            actor.wait(dice.uniform(0, 0.2))
        actor.pause(3)


@habit
def chatter(actor):
    """Measurements by UDP, slow mostly, for some seconds fast, or large ones at once; connections that are idle, by the
    dozen, or in vain."""
    dice, size, rate = actor.dice, actor.dice.choice((16, 60, 250, 1100)), actor.dice.choice((0.5, 2, 5, 12))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        while True:
            act = dice.choices(("slow", "fast", "bulk", "hurry", "vain", "idle"), (6, 1, 0.5, 0.8, 1, 1))[0]
            if act == "slow":
                _measure(actor, line, rate, size, dice.uniform(5, 40))
            elif act == "bulk":
                _measure(actor, line, dice.uniform(100, 400), dice.choice((1000, 1400, 4000)), dice.uniform(0.3, 1.5))
            elif act == "hurry":
                _hurry(actor)
            elif act == "vain":
                _call_in_vain(actor)
            elif act == "fast":
                _measure(actor, line, dice.uniform(40, 110), size, dice.uniform(1, 5))
            else:
                _idle(actor)


def _log_in_in_vain(actor):
    """An FTP login with a password that was changed long ago."""
    with contextlib.suppress(OSError), connect(actor.plan["records"], 21, actor.dice) as line:
        for words in (f"USER {account(actor.plan, 'file')[0]}", "PASS winter2012", "QUIT"):
            line.recv(500)
            line.sendall(words.encode() + b"\r\n")
        line.recv(500)


@habit
def knocking(actor):
    """A device that was set up for another place: calls a host that is switched off or a port that is
    closed, again and again, and does not learn."""
    dice, plan = actor.dice, actor.plan
    near = [host for host in plan.hosts if host.inside and host.role not in ("visitor", actor.host.role)]
    free = [str(plan.inner[n]) for n in range(2, 150)
            if str(plan.inner[n]) not in {host.address for host in plan.hosts}]
    wrong = [(dice.choice(free), dice.choice((80, 1883, 8883, 445, 5000)))] if dice.random() < 0.6 else []
    wrong += [(dice.choice(near).address, dice.choice((8883, 5000, 9000, 515, 81, 3306)))
              for _ in range(dice.randint(1, 2))]
    mean, datagrams, stale = dice.choice((1, 2, 5, 10)), dice.random() < 0.4, dice.random() < 0.3
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        while True:
            for place in wrong:
                for _ in range(dice.choice((1, 1, 1, 3))):
                    with contextlib.suppress(OSError), socket.create_connection(place, 2):
                        pass
                if datagrams:
                    with contextlib.suppress(OSError):
                        line.sendto(dice.randbytes(dice.randint(8, 300)), place)
            actor.pause(mean)
            if stale and dice.random() < mean / 20:
                _log_in_in_vain(actor)
