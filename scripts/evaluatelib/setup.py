"""What all studies work with."""
import concurrent.futures, dataclasses, pathlib, typing

from . import tally
from .pipeline import Programs

# What the shipped model learns from besides what the project makes itself; the mixtures have parts of these.
LEARNED = ("stopddos", "iot_sentinel", "zeek", "zeek_protocols")
MIXTURES = "mixes"


@dataclasses.dataclass(frozen=True)
class Setup:
    captures: list
    programs: Programs
    jobs: int = 2
    rooms: typing.Optional[pathlib.Path] = None  # takes of seeds that nobody learned from
    models: typing.Optional[pathlib.Path] = None  # models that learned without something

    def model_without(self, name):
        """The model that learned without a source or kind of column, if there is one. Zeek's captures go together; for
        a public source one that learned without any of them will do."""
        names = (name.removesuffix("_protocols"), "public") if name in LEARNED else (name,)
        paths = [(self.models / f"without-{one}.model").resolve() for one in names] if self.models else []
        return next((str(path) for path in paths if path.exists()), None)

    def unseen(self, capture):
        """The model that has not learned from the capture's source; empty: classify's own."""
        if self.programs.model:
            return self.programs.model
        without = "public" if capture.source == MIXTURES else capture.source
        return self.model_without(without) or ""

    def measured(self, captures, judge):
        """What `judge(number, capture)` makes of all captures, in their order."""
        with concurrent.futures.ProcessPoolExecutor(self.jobs) as pool:
            return list(pool.map(judge, range(len(captures)), captures, chunksize=4))

    def judged(self, captures, **changes):
        """The numbers of captures; each by a model that has not seen its source, unless `model` says otherwise."""
        changed = [dataclasses.replace(self.programs, **({"model": self.unseen(one)} | changes)) for one in captures]
        return self.measured(captures, _Judge(changed))


@dataclasses.dataclass(frozen=True)
class _Judge:
    programs: list

    def __call__(self, number, capture):
        return tally.evaluate(capture, self.programs[number])
