"""A room that stays up in the background, and how others find it.

Its keeper notes what it is in a file, and holds that locked (flock). The lock is shared by all that the
keeper forks, so it is free only when the last of them has ended, however that came. Who looks for a room
tries a shared lock, so that two who look do not take each other for a keeper. Who removes the file holds
its lock.
"""
import contextlib, fcntl, json, os, pathlib, select, signal, sys, time

from . import isolation

FOLDER = pathlib.Path("/run/ward-room")
UP_ALREADY, ENDED = 75, 130


def find(name):
    """What the keeper of a room noted of it, `ready` when all are at work; None if there is no keeper. What a
    dead one left is ignored."""
    for _ in range(20 if name else 0):
        try:
            with open(FOLDER / name) as file:
                if _lock(file.fileno(), fcntl.LOCK_SH):
                    return None
                return json.load(file)
        except FileNotFoundError:
            return None
        except json.JSONDecodeError:  # the keeper is at it
            time.sleep(0.01)
    return None


def _lock(handle, kind):
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False


def _take(name, seconds=1.0):
    """The file of that name, empty and locked; None if another holds it for so long."""
    FOLDER.mkdir(exist_ok=True)
    deadline = time.monotonic() + seconds
    while True:
        handle = os.open(FOLDER / name, os.O_RDWR | os.O_CREAT, 0o600)
        if _lock(handle, fcntl.LOCK_EX):
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), os.stat(FOLDER / name)):
                    os.ftruncate(handle, 0)
                    return handle
        os.close(handle)
        if time.monotonic() > deadline:
            return None
        time.sleep(0.02)


def _remove(name, *, log):
    """Removes the file, whose lock this process holds, and the log."""
    for left in ([f"{name}.log"] if log else []) + [name]:
        (FOLDER / left).unlink(missing_ok=True)


def up(name, notes, work):
    """Keeps `work(ready)` in new namespaces in the background until `down`. Returns 0 when it called `ready`.
    Else UP_ALREADY, more than 128 if it was told to end or killed, or what its log explains."""
    handle = _take(name)
    if handle is None:
        return UP_ALREADY
    child, is_told = 0, False

    def end(*_):
        nonlocal is_told
        is_told = True
        if child:
            os.kill(child, signal.SIGTERM)
        else:  # this is the keeper, or there is none yet
            _remove(name, log=True)
            os._exit(ENDED)
    with _heeding(end):
        hear, tell = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(hear)
            _keep(name, handle, tell, notes, work)
        os.close(tell)
        os.close(handle)
        if os.read(hear, 1) and not is_told:
            return 0
        status = isolation.exit_status(os.waitpid(child, 0)[1])
    if status > 128:
        _sweep(name)
    return status or ENDED


@contextlib.contextmanager
def _heeding(end):
    """Has signals call `end` meanwhile."""
    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _keep(name, handle, tell, notes, work):
    """The keeper's life."""
    os.setsid()
    log = os.open(FOLDER / f"{name}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    notes |= {"keeper": os.getpid(), "ready": False}

    def note(**more):
        notes.update(more)
        os.pwrite(handle, json.dumps(notes).encode().ljust(4096), 0)

    def ready():
        note(ready=True)
        try:
            os.write(tell, b"!")
        except BrokenPipeError:  # who waited for it was killed
            raise isolation.Closed from None

    def live():
        notes.update(json.loads(os.pread(handle, 4096, 0)))
        return work(ready)
    note()
    status = isolation.isolate(live, lambda process: note(first=process))
    sys.stdout.flush()
    _remove(name, log=status == 0 or status > 128)  # killed, it had no last words
    os._exit(status)


def down(name):
    """Ends a room; whether one was up. One that does not end in 15 s is killed, and all that is in it."""
    found = find(name)
    if found:
        with contextlib.suppress(ProcessLookupError):
            _end(name, found["keeper"])
    _sweep(name)
    return bool(found)


def _sweep(name):
    """Removes what a keeper left that was killed."""
    if (handle := _take(name)) is not None:
        _remove(name, log=True)
        os.close(handle)


def _end(name, process):
    keeper = os.pidfd_open(process)
    # Now the number cannot become another's: if it is still the keeper's, so is `keeper`.
    if (find(name) or {}).get("keeper") == process:
        for number in (signal.SIGTERM, signal.SIGKILL):
            signal.pidfd_send_signal(keeper, number)
            if select.select([keeper], [], [], 15)[0]:
                break
    os.close(keeper)
