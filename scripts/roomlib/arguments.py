"""The words that scripts/room understands."""
import argparse, pathlib, re, sys

from . import isolation, records, take

PROGRAMS = pathlib.Path(__file__).resolve().parent.parent.parent / ".build/release"


class Parser(argparse.ArgumentParser):
    """Ends with 64 where words are wrong."""

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(64, f"room: fatal: {message}\n")


def absolute(text):
    """A path that means the same from any folder."""
    try:
        return pathlib.Path(text).resolve()
    except OSError as error:
        raise argparse.ArgumentTypeError(f"no {text} from here: {error.strerror}") from error


def seen(text):
    """A path that is the same file inside the room."""
    path = absolute(text)
    for hidden in isolation.HIDDEN:
        if path.is_relative_to(hidden):
            raise argparse.ArgumentTypeError(f"{path} would be lost: the room has a {hidden} of its own")
    return path


def name(text):
    """A room's name, which is a file's too."""
    if not re.fullmatch(r"[\w-]*", text):
        raise argparse.ArgumentTypeError(f"a name is of letters, digits, _ and -, not {text}")
    return text


def parser(words, works):
    """`works` has a function for each verb."""
    made = Parser(description=words, formatter_class=argparse.RawTextHelpFormatter)
    verbs = made.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(word, *groups):
        one = verbs.add_parser(word, parents=groups)
        one.set_defaults(work=works[word])
        return one.add_argument
    _plays(verb)
    _stays(verb)
    return made


def _group(*options):
    made = argparse.ArgumentParser(add_help=False)
    for words, settings in options:
        made.add_argument(words, **settings)
    return made


def _seed():
    return _group(("--seed", dict(type=int, default=1, help="what chance grows from")))


def _programs():
    return _group(("--bin", dict(type=seen, default=PROGRAMS, help="folder of Ward's programs")))


def _name():
    return _group(("--name", dict(type=name, default="room", help="of the room that is up; \"\": none")))


def _pace():
    return _group(*((f"--{word}", dict(type=float, default=getattr(take.Pace, word), help=f"seconds {words}"))
                    for word, words in (("seconds", "of an attack"), ("calm", "before and after"),
                                        ("gap", "between two"))))


def _plays(verb):
    verb("list")
    add = verb("run", _name(), _programs(), _pace())
    add("scenario", nargs="+", help="or all, or none: only everyday life")
    add("--seed", type=int, help="what chance grows from; by default 1, or that of the room that is up")
    add("--times", type=int, default=1, help="how often each is played")
    add("--output", type=seen, help="folder that keeps capture.pcap and truth.csv")
    add("--ward", action="store_true", help="run the pipeline in it, and say what it made of it")
    add("--table", action="store_true", help="print the result as a table in Markdown")
    add = verb("record", _pace())
    add("folder", type=seen)
    add("scenario", nargs="*")
    add("--seeds", type=records.seeds, default=range(1, 2), help="such as 1-4: a take each")
    add("--benign", type=float, default=60, help="seconds of a capture without attacks, each")
    add = verb("score", _programs())
    add("folder", type=absolute)
    add("--model", type=absolute, help="in the place of classify's own")
    add("--table", action="store_true", help="print a table in Markdown")


def _stays(verb):
    add = verb("up", _name(), _seed(), _programs())
    add("--ward", action="store_true", help="run the pipeline in it")
    add("--spool", type=seen, help="its spool; by default a new one in /var/tmp, which is kept")
    add("--mode", choices=("observe", "advise", "enforce"), default="enforce")
    verb("down", _name())
    verb("status", _name())
    add = verb("exec", _name())
    add("host")
    add("command", nargs=argparse.REMAINDER)
    add = verb("demo", _seed(), _programs())
    add("scenario", nargs="?", default="syn-flood-fast")
    add("--spool", type=seen, help="new; by default a temporary one, which is kept")
