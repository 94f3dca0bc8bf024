"""One take: a room comes to life, attacks are played in it one after another, and the mirror is heard."""
import collections, dataclasses, shutil, time

from . import actor, attacks, room, tap, truth

Played = collections.namedtuple("Played", "scenario begin end attackers error")


@dataclasses.dataclass
class Take:
    """What a take left behind."""

    played: list
    heard: dict
    unheard: list
    stray: dict
    dropped: int
    packets: int

    @property
    def holds(self):
        """Whether truth and wire agree: every line was heard, and nothing unclaimed came from attackers."""
        return not (self.unheard or self.stray or self.dropped or any(one.error for one in self.played))


def missing(scenarios):
    """Programs that scenarios need and this machine has not."""
    return sorted({program for one in scenarios for program in one.needs if not shutil.which(program)})


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


def record(seed, scenarios, pcap, csv, seconds=5, calm=5, gap=4, watch=None, say=lambda played: None):
    """Plays scenarios in a new room, within `isolation.isolate`, and writes capture and ground truth.

    `calm` seconds of everyday life come before and after, about `gap` between two attacks. `watch`, if
    given, is called with the room before the attacks and its `stop` after them.
    """
    there = room.Room(seed)
    there.open()
    ground = truth.Truth(there.plan)
    ear = tap.Tap(pcap)
    there.live()
    played = []
    try:
        if watch:
            watch.start(there)
        there.over.wait(calm)
        for number, one in enumerate(scenarios):
            played.append(play(there, ground, one, seconds, number))
            say(played[-1])
            if number + 1 < len(scenarios):
                there.over.wait(there.plan.dice("gap", number).uniform(0.5, 1.5) * gap)
        there.over.wait(max([calm] + [line.end - time.time() for line in ground.lines]))
        if watch:
            watch.stop()
    finally:
        dropped = ear.stop()
        there.close()
        ground.save(csv)
    packets = list(truth.read(pcap))
    heard, unheard, stray = ground.judge(packets)
    return Take(played, heard, unheard, dict(stray), dropped, len(packets))
