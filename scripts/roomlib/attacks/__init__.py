"""The attacks, by name. A scenario is a function of a `Scene`; to add one, decorate it in a file here and
name the file at the end of this one.

A flood is named by what is sent (SYN_FLOOD, UDP_FLOOD, ICMP_FLOOD, HTTP_FLOOD, MQTT_FLOOD), from one
source, from forged ones or a handful. DDOS is segments of no connection, and what some two dozen real
machines or more do at once; but SYNs only are a SYN flood however many send them, as they are to the
detector of DDOS.
"""
import contextlib, dataclasses

from .. import actor, isolation, wiring

SCENARIOS = {}


@dataclasses.dataclass(frozen=True)
class Scenario:
    name: str
    label: str
    summary: str
    needs: tuple
    play: object


def scenario(name, label, summary, needs=()):
    """Registers a scenario: its label is one of Ward's attack names, `needs` are the programs that it runs."""
    def register(play):
        if name in SCENARIOS:
            raise ValueError(f"two scenarios are called {name}")
        SCENARIOS[name] = Scenario(name, label, summary, tuple(needs), play)
        return play
    return register


class Scene:
    """One run of a scenario in a room."""

    def __init__(self, room, truth, scenario, seconds, run=0):
        self.room, self.plan, self.truth = room, room.plan, truth
        self.name, self.label, self.seconds, self.over = scenario.name, scenario.label, seconds, room.over
        self.dice = room.plan.dice("attack", scenario.name, run)
        self.attackers = set()

    def outsider(self, host="attacker"):
        """A host outside that speaks from an address that it never had before; the host, with that address."""
        return self._fresh(self.plan[host])

    def insider(self):
        """The same, within the ward."""
        return self._fresh(self.plan["visitor"])

    def _fresh(self, host):
        network, taken = self.plan.inner if host.inside else self.plan.outer, wiring.addresses(host)
        numbers = [number for number in range(150, 250) if str(network[number]) not in taken]
        if not numbers:
            raise RuntimeError(f"no address is left in {network}: make the room anew")
        address, address6 = wiring.put_on(self.plan, host, self.dice.choice(numbers))
        self.attackers |= {address, address6}
        self.truth.addresses |= {address, address6}
        return dataclasses.replace(host, address=address, address6=address6)

    def reflectors(self, count):
        """Gives the host "reflector" so many addresses of the outer network, or a few less; the addresses."""
        free = self._unused(self.plan.outer, 3, 150)
        addresses = self.dice.sample(free, min(count, len(free)))
        wiring.put_on_all(self.plan, self.plan["reflector"], addresses)
        self.truth.addresses |= set(addresses)
        return addresses

    def nobodys(self, count, inside=True):
        """Addresses of a network that no host has."""
        network, first = (self.plan.inner, 3) if inside else (self.plan.outer, 150)
        taken = wiring.addresses(self.plan["visitor" if inside else "attacker"])
        free = [address for address in self._unused(network, first, 250) if address not in taken]
        return self.dice.sample(free, min(count, len(free)))

    def _unused(self, network, first, end):
        used = {address for host in self.plan.hosts for address in host.addresses}
        return [str(network[number]) for number in range(first, end) if str(network[number]) not in used]

    def bots(self, count):
        """That many addresses from all over the internet; the host "botnet" speaks from them."""
        addresses, taken = [], wiring.addresses(self.plan["botnet"])
        while len(addresses) < count:
            first = self.dice.choice((2, 5, 14, 31, 45, 62, 77, 85, 91, 103, 117, 139, 151, 178, 185, 200, 213))
            address = ".".join(map(str, (first, *(self.dice.randrange(1, 255) for _ in range(3)))))
            if address not in taken:
                taken.add(address)
                addresses.append(address)
        wiring.add_far(self.plan["botnet"], addresses)
        self.attackers.update(addresses)
        self.truth.addresses.update(addresses)
        return addresses

    def host(self, role):
        """One of the hosts of a role."""
        return self.dice.choice(self.plan.having(role))

    def attack(self, src, dst, protocol="*", port="*", label=None, tail=1.0):
        """The ground truth of a `with` block: what goes on between two addresses (or "*") meanwhile.

        `tail` is how long answers may still come after it. An attack with a source that is forged ("*")
        takes in everything to that place but the traffic of honest hosts.
        """
        return self.truth.during(label or self.label, self.name, src, dst, protocol, port, tail)

    def run(self, host, *words, seconds=None, text=None):
        """Runs a program at a host, for `seconds` (by default those of the scene) at most."""
        return self.room.run(host, *words, seconds=seconds or self.seconds, text=text, over=self.over)

    def undo(self, host, *words):
        """Runs a program that undoes what a scene changed, even if the room closes or the scene is interrupted:
        the room may stay."""
        return self.room.run(host, *words)

    def start(self, host, *words, **options):
        """Starts a program at a host; the scene's `with` block of `running` ends it."""
        return self.room.start(host, self.name, *words, **options)

    def file(self, name, content):
        """Writes a file that goes with the room; its path."""
        path = self.room.folder / f"{self.name}-{name}"
        path.write_text(content)
        return path

    @contextlib.contextmanager
    def running(self, host, *words, **options):
        """A program at a host for as long as the block."""
        process = self.start(host, *words, **options)
        try:
            yield process
        finally:
            actor.end(process)

    def call(self, host, work, *arguments):
        """Runs a Python function at a host, in a thread there, and gives its result or raises its error."""
        result = []

        def catch():
            try:
                result.append((True, work(*arguments)))
            except BaseException as error:  # raised again by whoever called
                result.append((False, error))
        isolation.thread(host.space, catch, self.name).join()
        well, value = result[0]
        if not well:
            raise value
        return value

    def wait(self, seconds):
        """Sleeps; raises Over if the room closes meanwhile."""
        if self.over.wait(seconds):
            raise actor.Over


from . import amplification, botnet, datagram_floods, floods, scans, spoofs, sweeps  # noqa: E402
from . import covert, exfiltration, guessing, mqtt, mqtt_malformed, mqtt_sessions, passwords  # noqa: E402
from . import web, web_floods  # noqa: E402
