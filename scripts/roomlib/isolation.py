"""Namespaces that die with their keeper.

All that the room makes lives in a mount, a PID and a network namespace of its own, and in others made
inside those. Their first process gets SIGKILL from the kernel when the keeper dies, however it dies; with
the first process die all others, and with the last process all namespaces, interfaces and firewall rules.
So there is nothing to clean up. The outermost network namespace has no way out of this machine: what the
room sends can go nowhere else.
"""
import contextlib, ctypes, os, pathlib, signal, subprocess, sys, threading

_libc = ctypes.CDLL(None, use_errno=True)
_NEWNS, _NEWPID, _NEWNET, _PDEATHSIG = 0x0002_0000, 0x2000_0000, 0x4000_0000, 1
_ENDING = (signal.SIGTERM, signal.SIGHUP)
SPACES = pathlib.Path("/run/netns")
# What lies below these folders of the machine is not what the room has there.
HIDDEN = ("/run", "/var/log", "/proc", "/sys")
# For files that go with the room.
FOLDER = pathlib.Path("/run/room")


class Unable(Exception):
    """This machine, or this user, cannot make what is asked for."""


class Closed(Exception):
    """Work that was ended before its time."""


def _call(function, *arguments):
    if function(*arguments) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error), function.__name__)


def _die_with_parent():
    _call(_libc.prctl, _PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _as_child(work, told=None):
    """Runs `work` in a child that dies with this process; gives its exit status, passes signals on to it.

    `told`, if given, is called with the child's process number."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(tell)
        _end_with(lambda: _when_heard(hear, work))
    os.close(hear)
    handle = os.pidfd_open(child)
    before = {number: signal.signal(number, lambda number, _: _send(handle, number)) for number in _ENDING}
    # The terminal sends it to the child as well.
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        if told:
            told(child)
        os.write(tell, b"!")
        os.close(tell)
        return exit_status(os.waitpid(child, 0)[1])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(handle)


def _send(handle, number):
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(handle, number)


def exit_status(status):
    """Of a process, as a shell gives it: 128 and the signal's number if it was killed."""
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def _when_heard(hear, work):
    """`work`, when the kernel knows what to do should the parent die, and the parent still lives."""
    _die_with_parent()
    if not os.read(hear, 1):
        os._exit(75)
    os.close(hear)
    return work()


def _end_with(work):
    """Ends this process with `work` and its exit status."""
    status = 70
    try:
        status = work() or 0
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except Closed:
        status = 130
    except Unable as error:
        print(f"room: fatal: {error}", file=sys.stderr)
        status = 71
    except BaseException:  # the last place that can say what went wrong
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def isolate(work, told=None):
    """Runs `work` in namespaces that end with it; its exit status. `told` gets the first process' number."""
    def keep():
        try:
            _call(_libc.unshare, _NEWNS | _NEWPID | _NEWNET)
        except OSError as error:
            raise Unable(f"unable to make namespaces: {error.strerror}") from error
        return _as_child(lambda: _first_process(work), told)
    return _as_child(keep)  # who unshared a PID namespace can fork only as long as that lives


def _first_process(work):
    """PID 1: mounts what is private here, starts `work`, and buries whoever loses its parent."""
    worker = 0

    # The kernel drops what the first process has no handler for. `work` keeps this one until it has its own.
    def end(number, _):
        if not worker:
            os._exit(130)
        if number != signal.SIGINT:
            os.kill(worker, number)
    for number in (*_ENDING, signal.SIGINT):
        signal.signal(number, end)
    _mount()
    _settle()
    worker = os.fork()
    if worker == 0:
        return work()
    while True:
        child, status = os.wait()
        if child == worker:
            os._exit(exit_status(status))


def _mount():
    for command in (
        ["mount", "--make-rprivate", "/"],
        ["mount", "-t", "proc", "proc", "/proc"],
        ["mount", "-t", "sysfs", "sysfs", "/sys"],
        ["mount", "-t", "tmpfs", "-o", "mode=755", "room", "/run"],
        ["mkdir", SPACES, FOLDER],
        ["mount", "-t", "tmpfs", "-o", "mode=755", "room", "/var/log"],
        ["ip", "link", "set", "lo", "up"],
    ):
        subprocess.run(list(map(str, command)), check=True)


def _settle():
    """What tools leave where they stand or at home goes with the room."""
    os.environ |= {"HOME": str(FOLDER), "TMPDIR": str(FOLDER)}
    os.chdir(FOLDER)


def enter(process, work):
    """Runs `work` among the namespaces of `process`, in a child; its exit status."""
    def settled():
        _settle()
        return work()

    def keep():
        try:
            _call(_libc.setns, os.pidfd_open(process), _NEWNS | _NEWPID | _NEWNET)
        except OSError as error:
            raise Unable(f"unable to enter the room: {error.strerror}") from error
        return _as_child(settled)
    return _as_child(keep)


def move_to(space):
    """Moves the calling thread, and what it starts from now on, to a network namespace."""
    handle = os.open(SPACES / space, os.O_RDONLY)
    try:
        _call(_libc.setns, handle, _NEWNET)
    finally:
        os.close(handle)


def thread(space, work, name):
    """Starts a thread in a network namespace. Its sockets and programs are there, too."""
    started = threading.Thread(target=lambda: (move_to(space), work()), name=name, daemon=True)
    started.start()
    return started
