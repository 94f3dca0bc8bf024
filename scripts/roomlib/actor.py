"""What a script in the room is given: a host to act from, chance, time, and programs that end in time."""
import contextlib, os, signal, subprocess

from . import isolation


class Over(isolation.Closed):
    """The room closes."""


def command(host, *words):
    """The words that run a program at a host; it dies with the thread that started it."""
    return ["nsenter", f"--net={isolation.SPACES / host.space}", "setpriv", "--pdeathsig", "KILL", "--",
            *map(str, words)]


def end(process):
    """Ends a program and all that it started in its session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Actor:
    """Acts from one host. `over` is set when the room closes."""

    def __init__(self, room, host, purpose):
        self.room, self.plan, self.host = room, room.plan, host
        self.dice = room.plan.dice(host.name, purpose)
        self.purpose, self.over = purpose, room.over

    def wait(self, seconds):
        """Sleeps; raises Over if the room closes meanwhile."""
        if self.over.wait(seconds):
            raise Over

    def pause(self, mean):
        """Sleeps for a time around `mean` seconds, never twice the same."""
        self.wait(mean * self.dice.uniform(0.5, 1.5))

    def address(self, name):
        """The IPv4 address of the host of that name."""
        return self.plan[name].address

    def start(self, *words, **options):
        """Starts a program that runs until the room closes, its output in the log; the process."""
        return self.room.start(self.host, self.purpose, *words, **options)

    def run(self, *words, seconds=10, text=None):
        """Runs a program, for so many seconds at most; its exit status and output. 124: it was ended."""
        return self.room.run(self.host, *words, seconds=seconds, text=text, over=self.over)

    def file(self, name, content):
        """Writes a file that goes with the room; its path."""
        path = self.room.folder / f"{self.host.name}-{name}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path
