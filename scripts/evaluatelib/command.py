"""The command line of `scripts/evaluate`."""
import argparse, json, os, pathlib, sys

from . import ablations, captures, difference, labels, left_out, markdown, mutations, protocols, rooms, selftest
from . import spoofed, training
from .pipeline import Programs
from .setup import Setup

# Each has `run(setup)`, numbers fit for JSON, or None if it lacks what it needs; `parts(numbers)`, text by the
# name of its markers; and may have `drawings(numbers)`, files beside the document.
STUDIES = {"captures": captures, "left_out": left_out, "spoofed": spoofed, "ablations": ablations,
           "mutations": mutations, "rooms": rooms, "protocols": protocols}


def arguments(words, text):
    parser = argparse.ArgumentParser(prog="evaluate", description=text,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("captures", type=pathlib.Path)
    parser.add_argument("--studies", default=",".join(STUDIES), help="which parts to make (%(default)s)")
    parser.add_argument("--only", default="", help="captures whose name has this in it")
    parser.add_argument("--write", type=pathlib.Path, help="the document whose marked parts are made anew")
    parser.add_argument("--json", type=pathlib.Path, help="all numbers, to compare two runs with `diff`")
    parser.add_argument("--bin", type=pathlib.Path, default=pathlib.Path(".build/release"))
    parser.add_argument("--model", default="", help="of classify: a file or none (its own)")
    parser.add_argument("--config", default="", help="configuration of classify")
    parser.add_argument("--rooms", type=pathlib.Path, help="takes of the room, of seeds that no model learned from")
    parser.add_argument("--models", type=pathlib.Path, help="models that learned without something (train-without)")
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "ward-evaluate"
    parser.add_argument("--cache", type=pathlib.Path, default=cache, help="rows of captures, kept (%(default)s)")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args(words)


def main(words, text):
    """Does what the words say; the status to exit with."""
    if words[:1] == ["diff"]:
        return difference.main(words[1:])
    if words[:1] == ["train-without"]:
        return training.main(words[1:])
    if words[:1] == ["self-test"]:
        return selftest.main()
    if words[:1] == ["check-spoofed"]:
        return spoofed.check(words[1:])
    options = arguments(words, text)
    chosen = [one for one in labels.load(options.captures) if options.only in one.file]
    if not chosen:
        sys.exit("evaluate: fatal: unable to evaluate: LABELS.csv names no such capture")
    programs = Programs(options.bin.resolve(), options.cache.resolve(), options.model, options.config)
    setup = Setup(chosen, programs, options.jobs, options.rooms, options.models)
    numbers = studied(options.studies.split(","), setup)
    if options.json:
        options.json.write_text(json.dumps(numbers, indent=1, sort_keys=True) + "\n")
    publish(numbers, options.write)
    return 0


def studied(names, setup):
    """The numbers of each study that has what it needs."""
    numbers = {}
    for name in names:
        if name not in STUDIES:
            sys.exit(f"evaluate: fatal: no study is called {name} ({', '.join(STUDIES)})")
        found = STUDIES[name].run(setup)
        if found is None:
            print(f"evaluate: left as it was, for want of what it needs: {name}", file=sys.stderr)
        else:
            numbers[name] = found
    return numbers


def publish(numbers, document):
    """Writes the parts and drawings of all studies into the document, or prints the parts."""
    parts, drawings = {}, {}
    for name, found in numbers.items():
        parts |= STUDIES[name].parts(found)
        drawings |= getattr(STUDIES[name], "drawings", lambda _: {})(found)
    if not document:
        print("\n\n".join(parts.values()))
        return
    document.write_text(markdown.replaced(document.read_text(), parts))
    for name, text in drawings.items():
        document.with_name(name).write_text(text)
