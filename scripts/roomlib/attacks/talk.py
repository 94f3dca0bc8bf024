"""What attackers written in Python share: TCP from any of their addresses, rates, crews and their servers."""
import collections, contextlib, random, select, selectors, socket, struct, threading, time

from .. import actor

_RESET = struct.pack("ii", 1, 0)


def either(scene):
    """An attacker outside or within the ward."""
    return scene.dice.choice((scene.outsider, scene.insider))()


def own(dice):
    """Chance of its own for a thread, that grows from another's: whose turn it is makes no difference."""
    return random.Random(dice.random())


@contextlib.contextmanager
def conversation(source, target, port, dice, patience=2):
    """A TCP connection from an address of this host; it ends with FIN or, as often, with RST.

    `patience` (s) bounds every wait, and what the kernel sends again after the end.
    """
    with socket.socket() as connection:
        connection.settimeout(patience)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_SYNCNT, 2)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(patience * 1000))
        connection.bind((source, 0))
        connection.connect((target, port))
        if dice.random() < 0.5:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        yield connection


def drain(connection):
    """Reads what has come so far without waiting; its length."""
    length = 0
    while select.select([connection], [], [], 0)[0]:
        if not (part := connection.recv(65536)):
            raise ConnectionError("the other end hung up")
        length += len(part)
    return length


def beats(scene, dice, rate, seconds=None):
    """Comes round about `rate` times a second, even or in bunches, for the time of the scene."""
    now = due = time.monotonic()
    end, even = now + (seconds or scene.seconds), dice.random() < 0.5
    while now < end:
        yield
        due += dice.uniform(0.7, 1.3) / rate if even else dice.expovariate(rate)
        now = time.monotonic()
        due = max(due, now - 0.2)  # who is late does not make up for all of it
        if due > now:
            scene.wait(min(due, end) - now)
            now = time.monotonic()


def crew(scene, host, members, work):
    """Does `work(member, dice)` for all members at once, at a host; one that fails is done, and if all do
    that is an error."""
    pairs, errors = [(member, own(scene.dice)) for member in members], []

    def one(member, dice):
        try:
            work(member, dice)
        except actor.Over:
            pass
        except Exception as error:  # raised again if it is the same with all
            errors.append(error)

    def together():
        threads = [threading.Thread(target=one, args=pair, daemon=True) for pair in pairs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    scene.call(host, together)
    scene.wait(0)
    if errors and len(errors) == len(pairs):
        raise errors[0]


@contextlib.contextmanager
def blamed(scene, sources, target, port, label=None, tail=2.5):
    """A line of the truth for each source of TCP to that port."""
    with contextlib.ExitStack() as lines:
        for source in dict.fromkeys(sources):
            lines.enter_context(scene.attack(source, target, 6, port, label, tail))
        yield


class Held:
    """Connections that are kept open, the latest `limit` of them; all end with the block."""

    def __init__(self, limit):
        self.limit, self.kept = limit, collections.deque()

    def __enter__(self):
        return self

    def keep(self, *parameters):
        """Opens a `conversation`, and lets the oldest go if there are too many."""
        stack = contextlib.ExitStack()
        connection = stack.enter_context(conversation(*parameters))
        self.kept.append((stack, connection))
        while len(self.kept) > self.limit:
            self.kept.popleft()[0].close()
        return connection

    def __exit__(self, *_):
        while self.kept:
            self.kept.popleft()[0].close()


@contextlib.contextmanager
def serving(scene, host, port, answer):
    """A TCP server at a host for as long as the block; `answer(connection, dice)` has a thread for each
    client."""
    listener = scene.call(host, lambda: socket.create_server((host.address, port), backlog=64))
    dice = own(scene.dice)

    def one(connection, dice):
        connection.settimeout(5)
        with connection, contextlib.suppress(OSError, ValueError):
            answer(connection, dice)

    def accept():
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=one, args=(connection, own(dice)), daemon=True).start()
    threading.Thread(target=accept, daemon=True).start()
    try:
        yield
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@contextlib.contextmanager
def answering(scene, host, addresses, port, answers):
    """A UDP server at such addresses of a host for as long as the block; `answers(dice, asked)` gives the
    datagrams that answer one."""
    def open_ports():
        watch = selectors.DefaultSelector()
        for address in addresses:
            one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            one.bind((address, port))
            watch.register(one, selectors.EVENT_READ)
        return watch
    watch, over, dice = scene.call(host, open_ports), threading.Event(), own(scene.dice)

    def serve():
        while not over.is_set():
            for key, _ in watch.select(0.1):
                with contextlib.suppress(OSError, ValueError, struct.error, IndexError):
                    asked, whom = key.fileobj.recvfrom(2048)
                    for answer in answers(dice, asked):
                        key.fileobj.sendto(answer, whom)
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        for key in list(watch.get_map().values()):
            key.fileobj.close()


def words(dice, count, fewest=3, most=10):
    """Made-up words."""
    return ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(fewest, most)))
            for _ in range(count)]
