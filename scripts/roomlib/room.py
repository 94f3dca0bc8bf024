"""A room that is up: its hosts wired, its people and devices at their work, its mirror heard."""
import collections, contextlib, pathlib, subprocess, tempfile, threading, time

from . import actor, benign, isolation, plan, wiring

# What it is wired with, heard with, and lived in with; scenarios name their own.
PROGRAMS = ("ip", "tc", "nft", "ethtool", "sysctl", "nsenter", "setpriv", "tcpdump", "mosquitto", "dnsmasq", "dropbear",
            "ssh", "storescp", "curl", "openssl", "udhcpc")
Ended = collections.namedtuple("Ended", "status output")


class Room:
    """Made within `isolation.isolate` and gone with it. Who enters a room that is up makes another value of
    the same seed, and neither opens nor closes it."""

    def __init__(self, seed):
        self.plan, self.over = plan.plan(seed), threading.Event()
        if unknown := {habit for host in self.plan.hosts for habit in host.habits} - set(benign.HABITS):
            raise LookupError(f"no habit is called {', '.join(sorted(unknown))} (roomlib/benign)")
        self.folder = isolation.FOLDER
        self._children, self._threads = [], []
        self._lock = threading.Lock()

    def open(self):
        """Wires everybody."""
        self._name_service()
        wiring.wire(self.plan)

    def _name_service(self):
        """Programs that look up names ask the room's own resolver."""
        path = self.folder / "resolv.conf"
        path.write_text(f"nameserver {self.plan['services'].address}\noptions timeout:1 attempts:1\n")
        asked = pathlib.Path("/etc/resolv.conf").resolve()
        if not asked.exists():
            if not asked.is_relative_to("/run"):  # it would be made outside the room
                self.log(f"no {asked} here: programs look up no names")
                return
            asked.parent.mkdir(parents=True, exist_ok=True)
            asked.touch()
        subprocess.run(["mount", "--bind", path, asked], check=True)

    def live(self):
        """Has everybody take up their habits; servers first."""
        for host in self.plan.hosts:
            for habit in sorted(host.habits, key=lambda habit: habit not in benign.SERVERS):
                self._threads.append(isolation.thread(
                    host.space, lambda host=host, habit=habit: self._habit(host, habit), f"{host.name}: {habit}"))

    def _habit(self, host, habit):
        acting = actor.Actor(self, host, habit)
        while not self.over.is_set():
            try:
                if habit not in benign.SERVERS:
                    acting.wait(acting.dice.uniform(0.2, 1.5))
                benign.HABITS[habit](acting)
                return
            except actor.Over:
                return
            except (OSError, ValueError, RuntimeError) as error:
                # A server that is flooded or not up yet: a device tries again.
                self.log(f"{host.name}: {habit}: {error}")
                if self.over.wait(1):
                    return

    def log(self, line):
        with self._lock, (self.folder / "log").open("a") as file:
            file.write(f"{time.time():.3f} {line}\n")

    def start(self, host, purpose, *words, **options):
        """Starts a program at a host; it ends with the room."""
        with (self.folder / f"{host.name}-{purpose}.log").open("ab") as log:
            options = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log} | options
            process = subprocess.Popen(actor.command(host, *words), start_new_session=True, **options)
        with self._lock:
            self._children.append(process)
        return process

    def run(self, host, *words, seconds=10, text=None, over=None):
        """Runs a program at a host to its end, for so many seconds at most; 124: it was ended."""
        with tempfile.TemporaryFile() as log, tempfile.TemporaryFile() as source:
            source.write((text or "").encode())
            source.seek(0)
            process = subprocess.Popen(actor.command(host, *words), start_new_session=True, stdin=source,
                                       stdout=log, stderr=subprocess.STDOUT)
            deadline = time.monotonic() + seconds
            status = None
            while status is None and time.monotonic() < deadline and not (over and over.is_set()):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    status = process.wait(min(0.5, max(0.01, deadline - time.monotonic())))
            if status is None:
                actor.end(process)
                status = 124
            log.seek(0)
            output = log.read(1 << 20).decode(errors="replace")
        if over and over.is_set():
            raise actor.Over
        return Ended(status, output)

    def close(self):
        """Ends everybody's work. What is left ends with the namespaces."""
        self.over.set()
        with self._lock:
            children = list(self._children)
        for process in children:
            if process.poll() is None:
                actor.end(process)
        for thread in self._threads:
            thread.join(2)
