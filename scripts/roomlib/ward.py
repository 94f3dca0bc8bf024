"""Ward's pipeline in Ward's box of the room, and what it made of what it saw."""
import collections, pathlib, re, signal, sqlite3, subprocess, threading, time

from . import actor, wiring

STAGES = ("report", "mitigate", "classify", "featurize", "capture")
SCRIPTS = pathlib.Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"add element inet ward blocked[46]\S* \{ (\S+)")


class Box:
    """What is in the box: no host of the plan, but a network namespace like theirs."""

    space = name = wiring.WARD


def unfit(programs, spool):
    """Why Ward cannot begin with this; None if it can. No spool: a new one."""
    for program in STAGES:
        if not (programs / program).is_file():
            return f"no {program} in {programs} (make build)"
    if not spool:
        return None
    if (spool / "log").exists() or (spool / "state/ledger.sqlite").exists():
        return f"{spool} holds what another run left: choose a new folder"
    if not next(path for path in (spool, *spool.parents) if path.exists()).is_dir():
        return f"{spool} can be no folder"
    return None


class Ward:
    """The stages under their supervisor, hearing the mirror, blocking in the box's own firewall."""

    def __init__(self, programs, spool, mode="enforce", whitelist=""):
        self.programs, self.spool, self.mode, self.whitelist = programs, pathlib.Path(spool), mode, whitelist
        self.blocks = collections.OrderedDict()  # address: when the kernel was told, seconds since 1970

    def start(self, room):
        """Starts all stages and returns when all are ready."""
        logs = self.spool / "log"
        logs.mkdir(parents=True)
        whitelist, config = room.folder / "whitelist.txt", room.folder / "ward.conf"
        whitelist.write_text(self.whitelist)
        config.write_text("[capture]\ndirection = in\nsensor = room\n")
        for stage in STAGES:
            (logs / f"{stage}.log").touch()
        self._hear_blocks()
        follower = subprocess.Popen(
            ["tail", "-q", "-n", "+1", "-f", *(logs / f"{stage}.log" for stage in STAGES)],
            stdout=subprocess.PIPE, text=True)
        self.supervisor = subprocess.Popen(actor.command(
            Box, SCRIPTS / "supervise", "start", "--bin", self.programs, "--spool", self.spool, "--interface",
            wiring.MIRROR, "--mode", self.mode, "--backend", "nftables", "--whitelist", whitelist, "--config",
            config), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self._words = []
        threading.Thread(target=lambda: self._words.extend(self.supervisor.stderr), daemon=True).start()
        try:
            self._await_ready(follower)
        finally:
            follower.terminate()
            follower.wait()

    def _await_ready(self, follower):
        timer = threading.Timer(30, follower.terminate)
        timer.start()
        ready = 0
        for line in follower.stdout:
            ready += ": ready" in line
            if ready == len(STAGES):
                timer.cancel()
                return
        raise RuntimeError(f"unable to start the pipeline: {''.join(self._words)[-500:]}")

    def _hear_blocks(self):
        self._monitor = subprocess.Popen(
            actor.command(Box, "stdbuf", "-oL", "nft", "monitor", "new", "elements"), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

        def hear():
            for line in self._monitor.stdout:
                if found := _BLOCK.search(line):
                    self.blocks.setdefault(found[1], time.time())
        threading.Thread(target=hear, daemon=True).start()

    def stop(self):
        """Stops all stages when their queues are empty; the supervisor's exit status."""
        self.supervisor.send_signal(signal.SIGTERM)
        status = self.supervisor.wait(60)
        self._monitor.terminate()
        return status

    def rows(self):
        """The rows of attacks that the ledger holds."""
        with sqlite3.connect(f"file:{self.spool}/state/ledger.sqlite?mode=ro", uri=True) as ledger:
            ledger.row_factory = sqlite3.Row
            return ledger.execute(
                "SELECT start / 1e6 AS start, last / 1e6 AS last, source, source_port, destination,"
                " destination_port, protocol, attack, judge, action, packets, folded FROM flows"
                " WHERE attack NOT IN ('BENIGN', 'UNKNOWN') ORDER BY last").fetchall()
