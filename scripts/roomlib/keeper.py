"""A room that stays up in the background, and how others find it."""
import fcntl, json, os, pathlib, signal, sys, time

from . import isolation

FOLDER = pathlib.Path("/run/ward-room")


def _locked(handle):
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False


def find(name):
    """What the keeper of a room that is up noted of it; None if none is. What a dead keeper left is ignored."""
    if not name:
        return None
    try:
        with open(FOLDER / name) as file:
            if _locked(file):
                return None
            return json.load(file)
    except (FileNotFoundError, json.JSONDecodeError):
        return None


def up(name, notes, work):
    """Keeps `work(ready)` in new namespaces in the background until `down`; returns when it called `ready`,
    with True, or when it failed, with its last words in the log."""
    FOLDER.mkdir(exist_ok=True)
    hear, tell = os.pipe()
    if os.fork():
        os.close(tell)
        return os.read(hear, 1) == b"!"
    os.setsid()
    os.close(hear)
    log = os.open(FOLDER / f"{name}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    # Opened before the namespaces are new, held locked as long as this process lives.
    file = open(FOLDER / name, "a+")
    if not _locked(file):
        os._exit(75)

    def note(process):
        file.truncate(0)
        json.dump(notes | {"keeper": os.getpid(), "first": process}, file)
        file.flush()

    status = isolation.isolate(lambda: work(lambda: os.write(tell, b"!")), note)
    sys.stdout.flush()
    os._exit(status)


def down(name):
    """Ends a room; whether one was up. One that does not end in 15 s is killed, and all that is in it."""
    found = find(name)
    if not found:
        return False
    handle = os.pidfd_open(found["keeper"])
    os.kill(found["keeper"], signal.SIGTERM)
    deadline = time.monotonic() + 15
    while find(name) and time.monotonic() < deadline:
        time.sleep(0.05)
    if find(name):
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    os.close(handle)
    for left in (name, f"{name}.log"):
        (FOLDER / left).unlink(missing_ok=True)
    return True
