"""One take: attacks are played in a room one after another, and the mirror is heard meanwhile."""
import collections, dataclasses, os, shutil, signal, subprocess, threading, time

from . import actor, attacks, isolation, room, tap, truth

Played = collections.namedtuple("Played", "scenario begin end attackers error")


@dataclasses.dataclass
class Pace:
    """Seconds: an attack's length where it has one, everyday life before and after, between attacks."""

    seconds: float = 5
    calm: float = 5
    gap: float = 4


@dataclasses.dataclass
class Take:
    """What a take left behind."""

    seed: int
    played: list
    lines: list
    heard: dict
    unheard: list
    stray: dict
    dropped: int
    packets: int
    length: float

    @property
    def holds(self):
        """Whether truth and wire agree: every line was heard, and nothing unclaimed came from attackers."""
        return not (self.unheard or self.stray or self.dropped or any(one.error for one in self.played))


def missing(scenarios):
    """Programs that the room and its scenarios need and this machine has not."""
    needed = {program for one in scenarios for program in one.needs} | set(room.PROGRAMS)
    return sorted(program for program in needed if not shutil.which(program))


def heed(there):
    """Has signals close the room, rather than end this process at once.

    A thread does it: a handler that set `over` might wait for a lock that what it interrupted holds, such as
    itself when a signal comes twice.
    """
    hear, tell = os.pipe()
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    threading.Thread(target=lambda: (os.read(hear, 1), there.over.set()), name="signals", daemon=True).start()
    return there


def opened(seed):
    """A new room with everybody at their work, within `isolation.isolate`."""
    there = heed(room.Room(seed))
    try:
        there.open()
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        raise isolation.Unable(f"unable to make a room: {error}") from error
    there.live()
    return there


def play(there, ground, one, seconds, run=0):
    """Plays a scenario in a room that is up; what became of it."""
    scene = attacks.Scene(there, ground, one, seconds, run)
    begin, error = time.time(), None
    try:
        one.play(scene)
    except actor.Over:
        raise
    except Exception as caught:  # a scenario that fails is told of, and the next one played
        error = f"{type(caught).__name__}: {caught}"
    return Played(one, begin, time.time(), scene.attackers, error)


def take(there, scenarios, pcap, csv, pace, say=lambda played: None):
    """Plays scenarios and writes capture and ground truth. Raises Over if the room closes before the end."""
    ground, ear, begin = truth.Truth(there.plan), tap.Tap(pcap), time.time()
    played = []
    try:
        rest(there, pace.calm)
        for number, one in enumerate(scenarios):
            if number:
                rest(there, there.plan.dice("gap", number).uniform(0.5, 1.5) * pace.gap)
                rest(there, ground.anybody - time.time())
            before = sum(other.scenario == one for other in played)
            played.append(play(there, ground, one, pace.seconds, before))
            say(played[-1])
        rest(there, max([pace.calm] + [line.end - time.time() for line in ground.lines]))
    finally:
        dropped = ear.stop()
        ground.save(csv)
    heard, unheard, stray, packets = ground.judge(truth.read(pcap))
    return Take(there.plan.seed, played, ground.ordered(), heard, unheard, dict(stray), dropped, packets,
                time.time() - begin)


def rest(there, seconds):
    """Everyday life for a while."""
    if there.over.wait(seconds):
        raise actor.Over
