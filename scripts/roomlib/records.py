"""Sessions of takes: one to look at, or many to learn from, and the tables that they print."""
import csv, multiprocessing, pathlib, sys, tempfile

from . import isolation, score, take, ward


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
        status = 0
        if watch:
            status = watch.stop()
            judged = score.score(result.played, result.lines, watch.rows(), watch.blocks)
            print_score(judged, result, self.table)
        else:
            print_heard(result, self.table)
        complain(result)
        return 0 if result.holds and status == 0 else 1


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


def print_score(judged, result, markdown=False):
    """What Ward made of each scenario."""
    rows = []
    for outcome in judged.outcomes:
        heard = result.heard.get(outcome.scenario.name)
        rows.append((outcome.scenario.name, outcome.scenario.label, heard.packets if heard else 0, *outcome.cells))
    if rows:
        table(("scenario", "label", "packets", "verdict", "rows called", "first row", "blocked after"), rows,
              markdown)
    verdicts = [outcome.verdict for outcome in judged.outcomes]
    print(f"\nOf {len(verdicts)} scenarios {verdicts.count('named')} named, {verdicts.count('misnamed')} misnamed,"
          f" {verdicts.count('missed')} missed; {sum(bool(o.blocked) for o in judged.outcomes)} led to a block.")
    alarms = ", ".join(f"{name} of {source} {count}" for (source, name), count in judged.alarms.most_common(8))
    print(f"Rows of everyday life called an attack: {sum(judged.alarms.values())}{f' ({alarms})' if alarms else ''}."
          f" Honest addresses blocked: {', '.join(judged.honest) or 'none'}.")


def seeds(text):
    """A range of seeds: 3, or 1-8."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def record(folder, scenarios, pace, numbers, benign):
    """A take with attacks and one without for each seed, two at a time, and a list of them that
    `scripts/train-default` reads. 0 if all agree with their truth."""
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [(seed, calm) for seed in numbers for calm in (False, True) if not calm or benign > 0]
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        statuses = pool.starmap(_one, [(folder, scenarios, pace, benign, *job) for job in jobs], chunksize=1)
    with open(folder / "captures.list", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for seed, calm in jobs:
            name = f"room{seed}-calm" if calm else f"room{seed}"
            writer.writerow([f"{name}.pcap", f"{name}.truth.csv", f"room-{seed}"])
    return max(statuses)


def _one(folder, scenarios, pace, benign, seed, calm):
    """One take of `record`, in a room and a log of its own."""
    name = f"room{seed}-calm" if calm else f"room{seed}"

    def work():
        there = take.opened(2_000_000 + seed if calm else seed)
        order = [] if calm else there.plan.dice("order").sample(scenarios, len(scenarios))
        calmly = take.Pace(pace.seconds, benign / 2 if calm else pace.calm, pace.gap)
        try:
            result = take.take(there, order, folder / f"{name}.pcap", folder / f"{name}.truth.csv", calmly)
        finally:
            there.close()
        print(f"{name}:")
        print_heard(result)
        for played in result.played:
            if played.error:
                print(f"room: {played.scenario.name}: {played.error}", file=sys.stderr)
        complain(result)
        return 0 if result.holds else 1
    return isolation.isolate(work)
