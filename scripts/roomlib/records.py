"""Sessions of takes: one to look at, or many to learn from, and the tables that they print."""
import concurrent.futures, csv, pathlib, subprocess, sys, tempfile

from . import plan, score, take, ward

# Takes without attacks are of other rooms than those with them.
CALM_SEEDS = 1_000_000


class Session:
    """Scenarios to play once, and what to do with what is heard."""

    def __init__(self, scenarios, pace, folder=None, programs=None, table=False):
        self.scenarios, self.pace, self.folder = scenarios, pace, folder
        self.programs, self.table = programs, table

    def alone(self, seed):
        """Plays in a room of its own."""
        there = take.opened(seed)
        print(f"A ward of {len(there.plan.hosts)} machines, seed {seed}", file=sys.stderr, flush=True)
        try:
            return self.within(there)
        finally:
            there.close()

    def within(self, there):
        """Plays in a room that is up; 0 if truth and wire agree."""
        folder = self.folder or pathlib.Path(tempfile.mkdtemp(dir=there.folder))
        folder.mkdir(parents=True, exist_ok=True)
        watch = None
        if self.programs:
            watch = ward.Ward(self.programs, folder / "spool")
            watch.start(there)
        result = take.take(there, self.scenarios, folder / "capture.pcap", folder / "truth.csv", self.pace, show)
        if watch:
            status = watch.stop()
            judged = score.Score()
            judged.add_blocks(there.plan, result.played, watch.blocks)
            judged.add(result.lines, watch.rows())
            print_watched(judged, result, self.table)
            # Connections that are cut off go on trying long after their lines' ends: no truth is judged.
            return 1 if status or any(one.error for one in result.played) else 0
        print_heard(result, self.table)
        complain(result)
        return 0 if result.holds else 1


def show(played):
    words = f"  FAILED: {played.error}" if played.error else ""
    print(f"  {played.scenario.name:30} {played.end - played.begin:5.1f} s{words}", file=sys.stderr, flush=True)


def complain(result):
    """Says where truth and wire do not agree."""
    for line in result.unheard:
        print(f"room: not heard: {line}", file=sys.stderr)
    for address, count in result.stray.items():
        print(f"room: {count} packets of {address} that no line of the truth claims", file=sys.stderr)
    if result.dropped:
        print(f"room: the kernel dropped {result.dropped} packets", file=sys.stderr)


def table(head, rows, markdown):
    """Prints rows of cells; numbers to the right."""
    if markdown:
        print(f"| {' | '.join(head)} |")
        print(f"| {' | '.join('---:' if isinstance(cell, int) else '---' for cell in rows[0])} |")
        for row in rows:
            print(f"| {' | '.join(f'{cell:,}' if isinstance(cell, int) else cell for cell in row)} |")
        return
    texts = [[f"{cell:,}" if isinstance(cell, int) else cell for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *texts)]
    for texts, cells in [(head, rows[0]), *zip(texts, rows)]:
        print("  ".join(text.rjust(width) if isinstance(cell, int) else text.ljust(width)
                        for text, cell, width in zip(texts, cells, widths)).rstrip())


def print_heard(result, markdown=False):
    """What the mirror heard of each scenario."""
    rows = [(name, heard.label, heard.packets, heard.bytes, len(heard.flows))
            for name, heard in result.heard.items()]
    if rows:
        table(("scenario", "label", "packets", "bytes", "flows"), rows, markdown)
    attack = sum(heard.packets for heard in result.heard.values())
    print(f"\n{result.packets:,} packets in {result.length:.0f} s, {result.packets - attack:,} of everyday life")


def print_watched(judged, result, markdown=False):
    """What Ward made of each scenario while it happened."""
    rows = []
    for name, outcome in judged.outcomes.items():
        often = f" ({len(outcome.blocked)} of {outcome.times})" if outcome.times > 1 and outcome.blocked else ""
        heard = result.heard.get(name)  # None: it failed before it did anything
        rows.append((name, outcome.label, heard.packets if heard else 0, outcome.verdict, outcome.names,
                     score.milliseconds(outcome.first), score.milliseconds(outcome.blocked) + often))
    if rows:
        table(("scenario", "label", "packets", "verdict", "rows called", "first row", "blocked after"), rows, markdown)
    print(f"\n{sum(bool(outcome.blocked) for outcome in judged.outcomes.values())} scenarios led to a block.", end=" ")
    print_sum(judged)
    print(f"Honest addresses blocked: {', '.join(sorted(judged.honest)) or 'none'}.")


def print_scored(judged, markdown=False):
    """What Ward makes of recorded takes."""
    rows = [(name, outcome.label, outcome.rows, f"{100 * sum(outcome.named.values()) / outcome.rows:.0f} %",
             f"{100 * outcome.named[outcome.label] / outcome.rows:.0f} %", outcome.verdict, outcome.names)
            for name, outcome in sorted(judged.outcomes.items())]
    if rows:
        table(("scenario", "label", "rows", "called an attack", "called right", "verdict", "rows called"), rows, markdown)
    print()
    print_sum(judged)
    print(f"Sources of everyday rows that would have been blocked: {', '.join(sorted(judged.blocked)) or 'none'}.")


def print_sum(judged):
    """Counts of verdicts and of false alarms."""
    counts, alarms = judged.verdicts, sum(judged.alarms.values())
    print(f"Of {counts.total()} scenarios {counts['named']} named, {counts['misnamed']} misnamed,"
          f" {counts['missed']} missed.")
    most = ", ".join(f"{name} of {source} {count}" for (source, name), count in judged.alarms.most_common(8))
    of = f" of {judged.benign:,}" if judged.benign > alarms else ""  # the ledger keeps no benign rows
    print(f"Rows of everyday life called an attack: {alarms:,}{of}{f' ({most})' if most else ''}.")


def score_takes(folder, programs, model, markdown):
    """Scores what `record` left in a folder."""
    print_scored(score.score_folder(folder, programs, model), markdown)


def seeds(text):
    """A range of seeds: 3, or 1-8."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def record(room, folder, scenarios, pace, numbers, calm):
    """A take with attacks, in an order by its seed, and one without, for each seed, two at a time, and a list of
    them that `scripts/train-default` reads, those that do not agree with their truth commented out. `room` is
    the script. 0 if all agree."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [one.name for one in scenarios]
    takes = []
    for seed in numbers:
        order = plan.plan(seed).dice("order").sample(names, len(names))
        takes.append((f"room{seed}", seed, ["--seed", seed, "--calm", pace.calm, *order]))
        if calm:
            takes.append((f"room{seed}-calm", seed, ["--seed", CALM_SEEDS + seed, "--calm", calm / 2, "none"]))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(lambda one: _record(room, folder / one[0], pace, one[2]), takes))
    with open(folder / "captures.list", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for (name, seed, _), status in zip(takes, statuses):
            # A # keeps it from being learned from.
            writer.writerow([f"{'# ' if status else ''}{name}/capture.pcap", f"{name}/truth.csv", f"room-{seed}"])
    return 1 if any(statuses) else 0


def _record(room, folder, pace, words):
    """One take, in a process of its own that ends with this one; its words go to a log beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["setpriv", "--pdeathsig", "TERM", room, "run", "--name", "", "--seconds", pace.seconds, "--gap", pace.gap,
               "--output", folder, *words]
    with open(folder / "log", "w") as log:
        status = subprocess.run(list(map(str, command)), stdout=log, stderr=log, stdin=subprocess.DEVNULL).returncode
    print(f"{folder}: {'agreed' if status == 0 else f'exit {status}, see its log'}", flush=True)
    return status
