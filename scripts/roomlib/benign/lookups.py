"""Questions to the resolver (RFC 1035)."""
import ipaddress, socket, struct

from . import habit
from .network import DOMAIN, PUBLIC

TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "SRV": 33,
         "HTTPS": 65}


def question(name, kind, number, edns=0, flags=0x0100):
    """A DNS query; `edns`: the size of answers that it takes (RFC 6891), 0 to say nothing of it."""
    labels = b"".join(bytes((len(label),)) + label.encode() for label in name.split(".") if label)
    extra = struct.pack(">BHHIH", 0, 41, edns, 0, 0) if edns else b""
    return (struct.pack(">6H", number, flags, 1, 0, 0, 1 if edns else 0)
            + labels + struct.pack(">BHH", 0, TYPES[kind], 1) + extra)


def _some_name(actor):
    """What somebody asks: (name, type)."""
    dice = actor.dice
    kind = dice.choices(("public", "room", "reverse", "mail", "service", "wrong", "long"),
                        (6, 4, 1, 0.5, 0.5, 1.5, 0.7))[0]
    if kind == "public":
        return dice.choice(PUBLIC), dice.choice(("A", "A", "AAAA", "HTTPS"))
    if kind == "room":
        host = dice.choice([host for host in actor.plan.hosts if host.inside])
        return f"{host.name}.{DOMAIN}", dice.choice(("A", "A", "AAAA"))
    if kind == "reverse":
        return ipaddress.ip_address(dice.choice(actor.plan.hosts).address).reverse_pointer, "PTR"
    if kind == "mail":
        return dice.choice((DOMAIN, "clinic.example")), dice.choice(("MX", "TXT", "SOA", "NS"))
    if kind == "service":
        return f"_{dice.choice(('mqtt', 'ldap', 'ipp', 'dicom'))}._tcp.{DOMAIN}", "SRV"
    if kind == "long":  # content delivery and virus scanners ask such names
        mark, keeper = dice.getrandbits(dice.choice((64, 128, 160))), dice.choice(("avqs", "cdn", "dnsbl"))
        return f"{mark:x}.{keeper}.example", dice.choice(("A", "TXT"))
    return dice.choice((f"wpad.{DOMAIN}", "printer.lan", "isatap.local", f"pc{dice.randint(1, 99)}.{DOMAIN}",
                        "localhost.invalid")), "A"


def _ask(actor, names, edns, server, fixed=None):
    """Asks several names at once from one port or one port each, and hears the answers."""
    family = socket.AF_INET6 if ":" in server else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as line:
        if fixed:
            line.bind(("", fixed))
        line.settimeout(0.8)
        line.connect((server, 53))
        for name, kind in names:
            line.send(question(name, kind, actor.dice.getrandbits(16), edns))
        for _ in names:
            try:
                line.recv(4096)
            except TimeoutError:
                return


def _ask_by_tcp(actor, name, kind):
    with socket.create_connection((actor.address("services"), 53), 5) as line:
        words = question(name, kind, actor.dice.getrandbits(16))
        line.sendall(struct.pack(">H", len(words)) + words)
        line.recv(4096)


@habit
def names(actor):
    """Looks up names: a few now and then, A and AAAA together, sometimes a burst of up to 200 of them."""
    dice, mean = actor.dice, actor.dice.choice((3, 6, 12, 20))
    edns = dice.choice((0, 0, 512, 1232, 4096))
    while True:
        services = actor.plan["services"]
        server = services.address6 if dice.random() < 0.25 else services.address
        act = dice.random()
        if act < 0.05:
            _ask_by_tcp(actor, *_some_name(actor))
        elif act < 0.08:
            for _ in range(dice.randint(40, 200)):
                _ask(actor, [_some_name(actor)], edns, server)
                actor.wait(dice.uniform(0, 0.03))
        elif act < 0.5:
            name = dice.choice(PUBLIC)
            _ask(actor, [(name, "A"), (name, "AAAA")], edns, server)
        else:
            for _ in range(dice.randint(1, 12)):
                _ask(actor, [_some_name(actor)], edns, server)
        actor.pause(mean)
