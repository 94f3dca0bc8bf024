"""Who else of the internet comes by: who watches servers, who makes a catalogue of sites, and noise."""
import contextlib, socket

from .. import wiring
from ..attacks import raw
from . import habit, server
from .http_client import PROGRAMS, Client
from .lookups import question
from .network import DOMAIN
from .services import ends, reach, reset

CRAWLERS = ("Mozilla/5.0 (compatible; Seekbot/2.1; +http://www.seek.example/bot.html)",
            "findspider/1.0 (+http://find.example)",
            "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) AppleWebKit/537.36 (compatible; LookBot/3.0)", "archiver/0.9")
# Ports that the internet's noise is about.
NOISY = (22, 23, 80, 81, 443, 445, 1433, 1883, 2323, 3306, 3389, 5060, 5555, 6379, 8080, 8443, 11112)


def _ask_site(actor):
    source, server = ends(actor, "records")
    client = Client(actor.dice, server, actor.dice.choice((80, 80, 8080)), source, "www.clinic.example",
                    agents=PROGRAMS)
    client.ask(actor.dice.choice(("/", "/login", "/api/vitals")), actor.dice.choice(("GET", "HEAD", "HEAD")),
               keep=False)


def _look_in(actor):
    """Whether a port is open: the connection is closed at once, after the greeting, or reset."""
    dice = actor.dice
    name, port = dice.choice((("records", 22), ("records", 443), ("records", 21), ("records", 80), ("records", 2575),
                              ("broker", 1883), ("broker", 1883), ("services", 53)))
    with reach(actor, name, port, 3) as line:
        if dice.random() < 0.3:
            line.settimeout(0.5)
            line.recv(200)
        if dice.random() < 0.3:
            reset(line)


def _ping(actor):
    dice = actor.dice
    source, server = ends(actor, dice.choice(("records", "broker", "services")))
    actor.run("ping", "-n", "-q", "-W", 1, "-I", source, "-c", dice.choice((1, 1, 3, 5, 20)),
              "-i", dice.choice((0.05, 0.2, 1)), "-s", dice.choice((24, 32, 56, 64, 548, 1200)), server, seconds=10)


def _trace(actor):
    """Looks for the way by datagrams to high ports (UDP) or by pings, one router further each time."""
    dice = actor.dice
    source, server = actor.host.address, actor.address(dice.choice(("records", "broker")))
    if dice.random() < 0.5:
        for step in range(1, dice.randint(3, 6)):
            actor.run("ping", "-n", "-q", "-W", 1, "-I", source, "-c", dice.randint(1, 3), "-i", 0.1,
                      "-t", step, server)
        return
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind((source, 0))
        for step in range(dice.randint(4, 20)):
            line.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, step // 3 + 1)
            line.sendto(bytes(dice.choice((18, 32, 52))), (server, 33434 + step))
            actor.wait(dice.uniform(0.01, 0.3))


def _ask_name(actor):
    source, server = ends(actor, "services")
    with socket.socket(socket.AF_INET6 if ":" in server else socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind((source, 0))
        line.settimeout(1)
        line.sendto(question(actor.dice.choice((DOMAIN, f"records.{DOMAIN}", f"mqtt.{DOMAIN}", "www.clinic.example")),
                             actor.dice.choice(("A", "AAAA", "SOA", "MX")), actor.dice.getrandbits(16),
                             actor.dice.choice((0, 1232))), (server, 53))
        line.recv(4096)


@habit
def uptime(actor):
    """A service that watches servers for their owner, from several places."""
    mean = actor.dice.uniform(0.7, 4)
    acts = (_ask_site, _look_in, _ping, _trace, _ask_name)
    often = [actor.dice.uniform(0.3, 1) * weight for weight in (3, 4, 2, 0.5, 1)]
    while True:
        with contextlib.suppress(OSError):  # what it looks for
            actor.dice.choices(acts, often)[0](actor)
        actor.pause(mean)


@habit
def crawler(actor):
    """A search engine that reads the records' site page by page, robots.txt first."""
    dice, pace = actor.dice, actor.dice.choice((0.1, 0.5, 2))
    agents = (dice.choice(CRAWLERS),)
    while True:
        source, server = ends(actor, "records")
        client = Client(dice, server, 80, source, "www.clinic.example", agents=agents)
        client.ask("/robots.txt")
        for number in range(dice.randint(5, 60)):
            client.ask(dice.choice(("/", f"/page{number}", f"/archive/20{number:02}/", f"/patients/{number}",
                                    f"/static/css{number % 3}.css")), dice.choice(("GET", "GET", "GET", "HEAD")))
            actor.pause(pace)
        client.leave()
        actor.pause(10)


@server
def switched_off(actor):
    """A server that is no more: what comes in is dropped, or no one has its address."""
    away = ("ip", "link", "set", "eth0", "down")
    silent = ("nft", "add table inet gone;"
              "add chain inet gone dropped { type filter hook input priority 0; policy drop; };"
              "add rule inet gone dropped meta l4proto ipv6-icmp accept")
    done = actor.run(*actor.dice.choice((away, silent)))
    if done.status != 0:
        raise RuntimeError(f"unable to go: {done.output}")
    actor.wait(1e6)


@habit
def background(actor):
    """What every public address hears: single packets from all over the world. A SYN of somebody's mistake, answers to
    what others forged."""
    wiring.add_far(actor.host, actor.host.others)
    dice, mean = actor.dice, actor.dice.uniform(5, 20)
    servers = [host for host in actor.plan.hosts if host.inside and host.role != "visitor"]
    while True:
        for source in dice.sample(actor.host.others, len(actor.host.others)):
            actor.pause(mean)
            style, server = raw.Style.of(dice), dice.choice(servers).address
            kind = dice.choices(("syn", "answer", "datagram"), (4, 4, 1))[0]
            if kind == "syn":
                packet = style.segment(0, dice, source, server, dice.choice(NOISY), raw.SYN)
            elif kind == "answer":
                body = raw.tcp(source, server, (dice.choice(NOISY), dice.randint(1024, 65535)),
                               dice.choice((raw.SYN | raw.ACK, raw.RST, raw.RST | raw.ACK)), dice.getrandbits(32),
                               dice.getrandbits(32), style.window)
                packet = style.ip(0, dice, source, server, 6, body)
            else:
                packet = style.datagram(0, dice, source, server, *dice.choice((
                    (53, question("www.clinic.example", "A", dice.getrandbits(16))), (123, b"\x1b" + bytes(47)),
                    (1900, b'M-SEARCH * HTTP/1.1\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: ssdp:all\r\n\r\n'))))
            raw.pour([packet], 1, actor.over)
