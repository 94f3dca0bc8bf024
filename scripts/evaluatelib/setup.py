"""What all studies work with."""
import concurrent.futures, dataclasses, pathlib, typing

from . import tally
from .pipeline import Programs


@dataclasses.dataclass(frozen=True)
class Setup:
    captures: list
    programs: Programs
    jobs: int = 2
    rooms: typing.Optional[pathlib.Path] = None  # takes of seeds that nobody learned from
    models: typing.Optional[pathlib.Path] = None  # models that learned without something
    tables: typing.Optional[pathlib.Path] = None  # rows and public tables for `train compare`

    def measured(self, captures, judge):
        """What `judge(number, capture)` makes of all captures, in their order."""
        with concurrent.futures.ProcessPoolExecutor(self.jobs) as pool:
            return list(pool.map(judge, range(len(captures)), captures, chunksize=4))

    def judged(self, captures, **changes):
        """The numbers of captures, with other programs' settings."""
        return self.measured(captures, _Judge(dataclasses.replace(self.programs, **changes)))


@dataclasses.dataclass(frozen=True)
class _Judge:
    programs: Programs

    def __call__(self, number, capture):
        return tally.evaluate(capture, self.programs)
