"""The demonstration: calm, an attack, the block, calm again, the report; told line by line."""
import collections, contextlib, http.client, os, pathlib, re, shutil, subprocess, sys, tempfile, threading, time

from . import actor, attacks, isolation, take, truth, ward, wiring

CALM, ATTACK, STEP = 10, 10, 0.5
BARS = " ▁▂▃▄▅▆▇█"
_WARNING = re.compile(
    r" (?P<attack>[A-Z_]+) [0-9.]+ (?P<source>\S+):\d+ -> (?P<target>\S+) .*action=(?P<action>\w+)"
    r'.*reason="(?P<reason>[^"]*)"')


class Gauge:
    """What can be seen from outside: packets on the mirror, packets dropped, and a page that a patient reads."""

    def __init__(self, there):
        self.there, self.page = there, None
        self.seen = self.dropped = 0
        isolation.thread(wiring.WARD, self._watch, "gauge")
        isolation.thread("patients", self._read, "patient")

    def _watch(self):
        while not self.there.over.wait(STEP / 2):
            for line in open("/proc/thread-self/net/dev"):
                if line.strip().startswith(f"{wiring.MIRROR}:"):
                    self.seen = int(line.split(":")[1].split()[1])
            listing = subprocess.run(["nft", "list", "set", "inet", "ward", "blocked4"], capture_output=True, text=True)
            self.dropped = sum(map(int, re.findall(r"counter packets (\d+)", listing.stdout)))

    def _read(self):
        address = self.there.plan["records"].address
        while not self.there.over.wait(STEP / 2):
            begin = time.monotonic()
            try:
                asked = http.client.HTTPConnection(address, 80, timeout=2)
                asked.request("GET", "/", headers={"User-Agent": "patient"})
                asked.getresponse().read()
                asked.close()
                self.page = time.monotonic() - begin
            except OSError:
                self.page = None


class Screen:
    """Lines that stay, and on a terminal one below them that changes."""

    def __init__(self):
        self.live, self.begin = sys.stdout.isatty(), time.time()
        self.color = self.live and "NO_COLOR" not in os.environ
        self.rates = collections.deque([0] * 24, 24)

    def say(self, what, words, color=""):
        stamp = f"{time.time() - self.begin:6.1f} s"
        what = f"\033[{color}m{what:8}\033[0m" if color and self.color else f"{what:8}"
        print(f"{self._clear()}{stamp}  {what} {words}", flush=True)

    def _clear(self):
        return "\r\033[K" if self.live else ""

    def show(self, rate, dropped, page):
        """The line that changes."""
        self.rates.append(rate)
        if not self.live:
            return
        top = max(200, *self.rates)
        bars = "".join(BARS[min(8, round(8 * value / top))] for value in self.rates)
        answer = f"page in {1000 * page:.0f} ms" if page is not None else "no page"
        print(f"{self._clear()}          {bars} {rate:6.0f} packets/s  {dropped:6} dropped  {answer}",
              end="", flush=True)


class Demo:
    """One performance."""

    def __init__(self, there, watch, one):
        self.there, self.watch, self.one = there, watch, one
        self.screen, self.gauge = Screen(), Gauge(there)
        self.ground, self.told = truth.Truth(there.plan), set()
        self.begin = None
        self.warnings = open(watch.spool / "log" / "warnings.log", "a+")
        self.pages = collections.Counter()

    def life(self, seconds, until=lambda: False):
        """Goes on for a while, and tells what happens."""
        end = time.time() + seconds
        before, rates = self.gauge.seen, []
        while time.time() < end and not until():
            take.rest(self.there, STEP)
            now = self.gauge.seen
            rates.append((now - before) / STEP)
            before = now
            self.pages[self.gauge.page is not None] += 1
            self._tell()
            self.screen.show(rates[-1], self.gauge.dropped, self.gauge.page)
        return sum(rates) / max(1, len(rates))

    def _tell(self):
        for line in self.warnings:
            found = _WARNING.search(line)
            if found and (key := (found["attack"], found["source"])) not in self.told and len(self.told) < 12:
                self.told.add(key)
                why = "" if found["reason"] == "-" else f": {found['reason']}"
                self.screen.say("warning", f"{found['attack']} {found['source']} -> {found['target']}{why}", "33")
        for address, moment in self.watch.blocks.items():
            if ("block", address) not in self.told:
                self.told.add(("block", address))
                after = f", {1000 * (moment - self.begin):.0f} ms after the attack began" if self.begin else ""
                self.screen.say("block", f"the kernel drops what comes from {address}{after}", "1;32")

    def play(self):
        """Calm, attack, calm; whether an attacker was blocked, nobody honest was, and the page was read."""
        roles = collections.Counter(host.role for host in self.there.plan.hosts if host.inside)
        everybody = ", ".join(role if count == 1 else f"{count} {role}s" for role, count in roles.items())
        self.screen.say("calm", f"at work: {everybody}")
        self._calm(CALM)
        attackers = self._attack()
        self._calm(CALM / 2)
        read, looks = self.pages[True], self.pages.total()
        self.screen.say("calm", f"of {looks} looks at the page {read} were answered")
        honest = {address for host in self.there.plan.honest for address in host.addresses}
        return bool(attackers & self.watch.blocks.keys()) and not honest & self.watch.blocks.keys() and read > 0

    def _calm(self, seconds):
        rate = self.life(seconds)
        page = f"in {1000 * self.gauge.page:.0f} ms" if self.gauge.page is not None else "in vain"
        self.screen.say("calm", f"{rate:.0f} packets a second; a patient outside reads the ward's page {page}")

    def _attack(self):
        scene, failed = attacks.Scene(self.there, self.ground, self.one, ATTACK), []

        def attack():
            with contextlib.suppress(actor.Over):
                try:
                    self.one.play(scene)
                except Exception as error:  # told below: the show goes on
                    failed.append(error)
        self.begin = time.time()
        self.screen.say("attack", f"{self.one.summary} ({self.one.name})", "1;31")
        playing = threading.Thread(target=attack, daemon=True)
        playing.start()
        self.life(ATTACK + 30, until=lambda: not playing.is_alive())
        for error in failed:
            self.screen.say("attack", f"failed: {error}", "31")
        self.screen.say("attack", f"is over; {self.gauge.dropped:,} packets were dropped at Ward's door", "1;31")
        return scene.attackers


def run(one, options):
    """Performs a scenario with the pipeline in the room; 0 if it was answered well (`Demo.play`)."""
    spool = options.spool or pathlib.Path(tempfile.mkdtemp(prefix="ward-demo."))
    print(f"A hospital ward in network namespaces, and Ward in its box.\n"
          f"To look on from another terminal: tail -F {spool}/log/*.log\n", flush=True)

    def work():
        there = take.opened(options.seed)
        watch = ward.Ward(options.bin, spool)
        watch.start(there)
        demo = Demo(there, watch, one)
        try:
            well = demo.play()
        finally:
            watch.stop()
            there.close()
        return 0 if well else 1
    status = isolation.isolate(work)
    if status in (0, 1):
        report(options.bin, spool)
    return status


def report(programs, spool):
    """Prints the summary, makes the report, and opens it where there is a desktop."""
    print(flush=True)
    subprocess.run([programs / "report", "summary", "--spool", spool], check=False)
    words = [programs / "report", "make", "--spool", spool, "--from", "first", "--to", "last"]
    made = subprocess.run(words, capture_output=True, text=True, check=False)
    if made.returncode:
        made = subprocess.run([*words, "--format", "json"], capture_output=True, text=True, check=False)
    path = (made.stdout.strip().splitlines() or [made.stderr.strip()])[-1]
    print(f"\nThe report: {path}")
    if os.environ.get("DISPLAY") and shutil.which("xdg-open") and sys.stdout.isatty():
        subprocess.Popen(["xdg-open", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
