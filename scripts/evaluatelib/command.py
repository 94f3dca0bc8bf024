"""The command line of `scripts/evaluate`."""
import argparse, concurrent.futures, functools, json, os, pathlib, sys

from . import captures, difference, labels, markdown, tally
from .pipeline import Programs


def arguments(words, text):
    parser = argparse.ArgumentParser(prog="evaluate", description=text,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("captures", type=pathlib.Path)
    parser.add_argument("--only", default="", help="captures whose name has this in it")
    parser.add_argument("--write", type=pathlib.Path, help="the document whose marked parts are made anew")
    parser.add_argument("--json", type=pathlib.Path, help="all numbers, to compare two runs with `diff`")
    parser.add_argument("--bin", type=pathlib.Path, default=pathlib.Path(".build/release"))
    parser.add_argument("--model", default="", help="of classify: a file or none (its own)")
    parser.add_argument("--config", default="", help="configuration of classify")
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "ward-evaluate"
    parser.add_argument("--cache", type=pathlib.Path, default=cache, help="rows of captures, kept (%(default)s)")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args(words)


def main(words, text):
    """Does what the words say; the status to exit with."""
    if words[:1] == ["diff"]:
        return difference.main(words[1:])
    options = arguments(words, text)
    chosen = [one for one in labels.load(options.captures) if options.only in one.file]
    if not chosen:
        sys.exit("evaluate: fatal: unable to evaluate: LABELS.csv names no such capture")
    programs = Programs(options.bin.resolve(), options.cache.resolve(), options.model, options.config)
    results = measured(chosen, programs, options.jobs)
    parts = {"attacks": captures.attacks(results), "kinds": captures.kinds(results),
             "benign": captures.benign(results), "summary": captures.summary(results)}
    if options.json:
        options.json.write_text(json.dumps({"captures": results}, indent=1, sort_keys=True) + "\n")
    if options.write:
        options.write.write_text(markdown.replaced(options.write.read_text(), parts))
    else:
        print("\n\n".join(parts.values()))
    return 0


def measured(chosen, programs, jobs):
    """The numbers of all captures, in their order."""
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(functools.partial(tally.evaluate, programs=programs), chosen, chunksize=4))
