"""Models that learn without a source, or without the context columns, for `scripts/evaluate --models`."""
import argparse, os, pathlib, re, subprocess, sys

from .setup import LEARNED

TRAIN = pathlib.Path(__file__).resolve().parent.parent / "train-default"
# What scripts/train-default leaves out, by the name of the model: sources, or columns.
WITHOUT = {"iot_sentinel": {"WARD_WITHOUT": "iot_sentinel"},
           "zeek": {"WARD_WITHOUT": "zeek zeek_protocols"},  # one author
           "public": {"WARD_WITHOUT": " ".join(LEARNED)},
           "context": {"WARD_TRAIN_OPTIONS": os.environ.get("WARD_TRAIN_OPTIONS", "") + " --without-context"}}


def main(words):
    """`evaluate train-without DIR [NAME...]`: makes those models that are not there yet."""
    parser = argparse.ArgumentParser(prog="evaluate train-without", description=main.__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(WITHOUT)}; by default all")
    options = parser.parse_args(words)
    options.folder.mkdir(parents=True, exist_ok=True)
    for name in options.names or WITHOUT:
        if name not in WITHOUT:
            print(f"evaluate: fatal: nothing to leave out is called {name}", file=sys.stderr)
            return 64
        if unheard := WITHOUT[name].keys() - set(re.findall(r"WARD_\w+", TRAIN.read_text())):
            # A model that has seen what it should not have would make every number here a lie.
            print(f"evaluate: fatal: scripts/train-default does not know {', '.join(unheard)}", file=sys.stderr)
            return 69
        model = options.folder.resolve() / f"without-{name}.model"
        if not model.exists():
            draft = model.with_suffix(".draft")
            subprocess.run([TRAIN, draft, draft.with_suffix(".card")], check=True, env={**os.environ, **WITHOUT[name]})
            draft.rename(model)
    return 0
