"""A capture through featurize, classify and mitigate, each run alone; rows of featurize are kept in a cache."""
import dataclasses, hashlib, os, pathlib, subprocess, tempfile

from . import families, rows


class Refused(Exception):
    """A stage would not have the file; its last words."""


@dataclasses.dataclass(frozen=True)
class Programs:
    """Where the programs are and how they are to run."""

    folder: pathlib.Path
    cache: pathlib.Path
    model: str = ""  # of classify: a file, none, or empty for its own
    configuration: str = ""

    def featurized(self, capture):
        """The rows of a capture, made once for each build of featurize."""
        state = os.stat(capture)
        words = f"{capture} {state.st_size} {state.st_mtime_ns} {fingerprint(self.folder / 'featurize')}"
        target = self.cache / f"{hashlib.sha256(words.encode()).hexdigest()[:24]}.csv"
        if not target.exists():
            self.cache.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(f".{os.getpid()}")
            try:
                self._stage("featurize", capture, draft)
                draft.rename(target)
            finally:
                draft.unlink(missing_ok=True)
        return target

    def judged(self, capture):
        """What classify and mitigate make of a capture, as rows.

        Without a row that is called an attack mitigate has nothing to do, and is not asked.
        """
        flows = self.featurized(capture)
        with tempfile.TemporaryDirectory() as folder:
            verdicts, actions = pathlib.Path(folder) / "verdicts", pathlib.Path(folder) / "actions"
            more = ["--baseline", "none", *(["--model", self.model] if self.model else [])]
            self._stage("classify", flows, verdicts, *more, *self._configured)
            result = rows.load(verdicts)
            if any(families.is_attack(row.attack) for row in result):
                self._stage("mitigate", verdicts, actions, "--backend", "simulate")
                result = rows.load(actions)
            return result

    @property
    def _configured(self):
        return ["--config", self.configuration] if self.configuration else []

    def _stage(self, program, source, target, *options):
        command = [self.folder / program, *options, "--input", source, "--output", target, "--log-level", "error"]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        if done.returncode:
            raise Refused((done.stderr.strip().splitlines() or [f"{program}: exit {done.returncode}"])[-1])


_known = {}


def fingerprint(path):
    """The first digits of a file's SHA-256, reckoned once."""
    if path not in _known:
        _known[path] = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()[:16]
    return _known[path]
