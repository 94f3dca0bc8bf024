"""`train compare`: what a score is worth depends on what was kept apart. Ward's rows, and public tables."""
import csv, hashlib, json, subprocess

from . import pipeline, rows, truth
from .markdown import percent, table

WORDS = {"random": "random split, row by row (for comparison only)", "time": "earlier rows learned, later ones judged",
         "timeReversed": "later rows learned, earlier ones judged", "capture": "captures left out, in folds",
         "source": "sources left out", "pair": "learned from one source, judged on another"}
# Small enough for two processors; the shipped model learns from more.
ROWS = ["--folds", "5", "--rounds", "30", "--max-rows-per-class", "4000"]
FIVE = "cicddos2019_csv/dev_5class_balanced.csv"
TABLES = {
    "CICDDoS2019, five classes, balanced, as the second prototype had them: ports, all columns, repeated rows": (
        FIVE, ["--all-columns", "--raw-ports", "--keep-duplicates", "--draws", "10"]),
    "the same without what names tool or network, and without repeated rows": (FIVE, []),
    "CICIDS2017, corrected": ("cicids2017/dev_flows.csv", ["--max-rows-per-class", "4000"])}
LONGEST = 30 * 86400  # s: a capture that seems longer was merged from several clocks, and has no host-days


def run(setup):
    """By data set, what each protocol shows."""
    program = setup.programs.folder / "train"
    if b"--folds" not in subprocess.run([program, "compare", "--help"], capture_output=True).stdout:
        return None
    numbers = {"Ward's rows": compared(setup, ["--manifest", manifest(setup)], ROWS)}
    for name, (file, more) in TABLES.items():
        path = setup.captures[0].folder / file
        if path.exists():
            numbers[name] = compared(setup, ["--cic", path], [*more, "--protocols", "random", "--protocols", "time",
                                                              "--protocols", "timeReversed"])
    return numbers


def compared(setup, data, more):
    """The protocols' results, learned anew only if rows, words or `train` changed."""
    program = setup.programs.folder / "train"
    makers = [setup.programs.folder / "featurize", program, data[1]]
    words = [*map(pipeline.fingerprint, makers), *map(str, more)]
    target = setup.programs.cache / f"compare-{hashlib.sha256(' '.join(words).encode()).hexdigest()[:20]}"
    result = target.with_name(f"{target.name}.json")
    if not result.exists():
        subprocess.run(list(map(str, [program, "compare", *data, *more, "--output", target])), check=True,
                       stdout=subprocess.DEVNULL)
    return [trimmed(one) for one in json.loads(result.read_text())["protocols"]]


def trimmed(one):
    """What the table needs of a protocol's result."""
    ranking = one["ranking"]
    return {"name": one["name"], "models": one["models"], "judged": one["judged"], "macro_f1": one["macroF1"],
            "f1": one["f1"], "recall_1e3": ranking["recallAt1e3"], "recall_1e4": ranking["recallAt1e4"],
            "benign": ranking["benign"], "false": one["falseAlerts"], "per_host_day": one.get("falseAlertsPerHostDay")}


def manifest(setup):
    """A list of rows for `train`: every labelled row of the captures, those of attacks apart from others."""
    folder = setup.programs.cache / "labelled"
    folder.mkdir(parents=True, exist_ok=True)
    lines = sum(setup.measured(setup.captures, _Sorter(setup.programs)), [])
    text = "".join(f"{path},{label},{group}\n" for path, label, group in lines)
    target = folder / "list"
    target.write_text(text)
    return target


class _Sorter:
    """Lays a capture's rows apart by label."""

    def __init__(self, programs):
        self.programs = programs

    def __call__(self, number, capture):
        try:
            flows = self.programs.featurized(capture.path)
        except pipeline.Refused:
            return []
        if capture.label == "BENIGN":
            found = rows.load(flows)
            span = max((row.last for row in found), default=0) - min((row.start for row in found), default=0)
            return [(flows, "BENIGN", capture.file)] if span < LONGEST else []
        if capture.label == "MALWARE_OTHER" or capture.events:
            return []  # no class of ours; rows of other captures once more
        return apart(flows, capture, self.programs.cache / "labelled")


def apart(flows, capture, folder):
    """A file of rows for each label in a capture."""
    known, sorted_rows = truth.Truth(capture), {}
    with open(flows, newline="") as file:
        header, *lines = csv.reader(file)
    for cells, row in zip(lines, rows.load(flows)):
        if label := known.label(row):
            sorted_rows.setdefault(label[0], []).append(cells)
    result = []
    for label, mine in sorted(sorted_rows.items()):
        path = folder / f"{capture.file.replace('/', '__')}.{label}.csv"
        with open(path, "w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *mine])
        result.append((path, label, capture.file))
    return result


def parts(numbers):
    """The table."""
    header = ("rows", "protocol", "#models", "#rows judged", "#macro F1", "#recall at a false-positive rate of 10⁻³",
              "#at 10⁻⁴", "#false alerts", "#per host-day")
    lines = [(name, WORDS.get(one["name"], one["name"]), one["models"], one["judged"], f"{one['macro_f1']:.3f}",
              percent(one["recall_1e3"], 1), percent(one["recall_1e4"], 1) + (" *" if one["benign"] < 10000 else ""),
              f"{one['false']} of {one['benign']}",
              "-" if one["per_host_day"] is None else f"{one['per_host_day']:.1f}")
             for name, results in numbers.items() for one in results]
    return {"protocols": table(header, lines) + "\n\n\\* fewer than 10,000 benign rows: no false positive at all."}
