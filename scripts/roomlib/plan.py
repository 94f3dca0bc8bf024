"""Who is in the room: names, addresses, habits and the ways of their TCP, all chosen by the seed."""
import dataclasses, ipaddress, random

VENDORS = ("001b21", "000af7", "b827eb", "008064", "240ac4", "0009fb", "3c5282", "005056", "a0369f", "cc50e3")


@dataclasses.dataclass
class Host:
    """A machine: a network namespace of the same name, and an interface eth0 in it."""

    name: str
    role: str
    inside: bool
    address: str
    address6: str
    mac: str
    ttl: int
    timestamps: int
    window_scaling: int
    mtu: int
    habits: tuple = ()
    others: tuple = ()

    @property
    def space(self):
        return self.name

    @property
    def addresses(self):
        """All that it has of the plan, IPv6 too."""
        return (self.address, self.address6, *self.others)


@dataclasses.dataclass
class Plan:
    """Everybody, and the two networks: the ward's own and the outer one, with Ward's box between them."""

    seed: int
    inner: ipaddress.IPv4Network
    inner6: ipaddress.IPv6Network
    outer: ipaddress.IPv4Network
    outer6: ipaddress.IPv6Network
    hosts: list

    def __getitem__(self, name):
        return next(host for host in self.hosts if host.name == name)

    @property
    def honest(self):
        """All who never attack from their own addresses."""
        return [host for host in self.hosts if host.role not in ("attacker", "botnet", "reflector")]

    def having(self, role):
        """All of a role, in order."""
        return [host for host in self.hosts if host.role == role]

    def dice(self, *words):
        """Chance for one purpose: the same for the same seed and words, whatever others drew."""
        return random.Random("/".join(map(str, (self.seed, *words))))


# role: habits, fewest, most. A habit is a function in roomlib/benign.
INSIDE = {
    "services": (("resolver", "leases", "clock", "log_keeper"), 1, 1),
    "broker": (("broker", "syslog"), 1, 1),
    "records": (("portal", "archive", "messages", "shell_server", "file_server", "copy_keeper", "syslog",
                 "agent"), 1, 1),
    "ecg": (("ecg", "time", "chatter", "results", "agent"), 2, 4),
    "pump": (("pump", "time", "telemetry", "syslog"), 1, 3),
    "ventilator": (("ventilator", "time", "stream", "announcements"), 1, 2),
    "modality": (("images", "orders", "time", "telemetry", "agent"), 1, 1),
    "station": (("viewer", "browser", "names", "time", "lease", "telemetry", "admissions", "watching", "prints",
                 "announcements"), 1, 3),
    "sensor": (("sensor", "time"), 1, 3),
    "camera": (("video", "announcements", "telemetry"), 1, 1),
    "printer": (("printing", "announcements", "agent", "lease"), 1, 1),
    "admin": (("administration", "health_checks", "copies", "names", "monitoring", "inventory"), 1, 1),
    "tablet": (("browser", "names", "announcements", "lease", "telemetry"), 1, 3),
    "misled": (("knocking", "chatter", "names"), 0, 2),
    "visitor": ((), 1, 1),  # who attacks from within acts from here
}
OUTSIDE = {
    "cloud": (("cloud", "clock"), 1, 1),
    "patients": (("patients",), 1, 1),
    "attacker": ((), 1, 1),
    "botnet": ((), 1, 1),
    "reflector": ((), 1, 1),
    "vendor": (("maintenance",), 0, 2),
    "home": (("home",), 0, 3),
    "hospital": (("teleradiology", "admissions"), 0, 1),
    "uptime": (("uptime",), 0, 1),
    "crawler": (("crawler",), 0, 1),
    "gone": (("switched_off",), 1, 1),
    "background": (("background",), 0, 1),
}
# Roles that speak from more addresses than one: fewest and most others.
OTHERS = {"cloud": (2, 5), "patients": (6, 20), "vendor": (1, 3), "home": (1, 5), "hospital": (1, 3), "uptime": (2, 6),
          "crawler": (3, 8), "gone": (1, 4), "background": (20, 60)}
# Roles whose other addresses are from all over the world, not of the outer network.
FAR = ("background",)


def _vendor(dice):
    digits = dice.choice(VENDORS)
    return ":".join(digits[at:at + 2] for at in (0, 2, 4))


def _far(dice):
    """An address of anyone in the world but where special ones are (RFC 6890)."""
    first = dice.choice([first for first in range(1, 224) if first not in (10, 100, 127, 169, 172, 192, 198, 203)])
    return ".".join(map(str, (first, *(dice.randint(1, 254) for _ in range(3)))))


def plan(seed):
    """Chooses everybody."""
    dice = random.Random(f"{seed}/plan")
    result = Plan(seed, *_networks(dice), [])
    # Above 150 addresses are left for what an attack puts on.
    free = {True: dice.sample(range(2, 150), 60), False: dice.sample(range(3, 150), 100)}
    for inside, cast in ((True, INSIDE), (False, OUTSIDE)):
        for role, (habits, fewest, most) in cast.items():
            count = dice.randint(fewest, most)
            names = [role] if most == 1 else [f"{role}{number + 1}" for number in range(count)]
            result.hosts += [_host(result, dice, free[inside], name, role, habits) for name in names[:count]]
    return result


def _networks(dice):
    """Inner and outer network, each of IPv4 and IPv6, in the order of Plan."""
    inner = ipaddress.ip_network(dice.choice((
        f"192.168.{dice.randrange(255)}.0/24", f"10.{dice.randrange(256)}.{dice.randrange(256)}.0/24",
        f"172.{dice.randrange(16, 32)}.{dice.randrange(256)}.0/24")))
    outer = ipaddress.ip_network(dice.choice(("198.51.100.0/24", "203.0.113.0/24", "192.0.2.0/24")))
    inner6 = ipaddress.ip_network((0xFD << 120 | dice.getrandbits(40) << 80, 64))
    outer6 = ipaddress.ip_network(f"2001:db8:{dice.randrange(1, 0xffff):x}::/64")
    return inner, inner6, outer, outer6


def _host(plan, dice, free, name, role, habits):
    """A machine at addresses that are still free."""
    number, inside = free.pop(), role in INSIDE
    network, network6 = (plan.inner, plan.inner6) if inside else (plan.outer, plan.outer6)
    return Host(
        name, role, inside, str(network[number]), str(network6[number]),
        _vendor(dice) + "".join(f":{dice.randrange(256):02x}" for _ in range(3)),
        ttl=dice.choice((64, 64, 128, 255) if inside else (43, 49, 52, 55, 109, 117, 118)),
        timestamps=dice.randrange(2), window_scaling=int(dice.random() < 0.8),
        mtu=dice.choice((1500, 1500, 1500, 1400)), habits=habits,
        others=tuple(_far(dice) if role in FAR else str(network[free.pop()])
                     for _ in range(dice.randint(*OTHERS.get(role, (0, 0))))))
