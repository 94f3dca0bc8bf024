"""Small TCP and UDP services, in threads of the room."""
import contextlib, itertools, selectors, socket, socketserver, threading, time


class Service(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Listens on a port, IPv4 and IPv6; `talk` is called with the socket of each connection, in a thread."""

    address_family, allow_reuse_address, daemon_threads, request_queue_size = socket.AF_INET6, True, True, 64

    def __init__(self, actor, port, talk):
        self.talk = talk
        super().__init__(("::", port), None)
        threading.Thread(target=self.serve_forever, args=(0.5,), daemon=True).start()

    def finish_request(self, request, _):
        request.settimeout(120)
        with contextlib.suppress(OSError):
            self.talk(request)

    def handle_error(self, *_):
        """Clients come and go."""


def hear_datagrams(actor, ports, answer=lambda data, whom, port: None):
    """Hears UDP ports until the room closes; sends what `answer` gives from where it was asked."""
    with selectors.DefaultSelector() as ears, contextlib.ExitStack() as open_ones:
        for address, port in itertools.product(actor.host.addresses, ports):
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            ear = open_ones.enter_context(socket.socket(family, socket.SOCK_DGRAM))
            ear.bind((address, port))
            ears.register(ear, selectors.EVENT_READ, port)
        while not actor.over.is_set():
            for key, _ in ears.select(0.5):
                data, whom = key.fileobj.recvfrom(65535)
                with contextlib.suppress(OSError):
                    if reply := answer(data, whom, key.data):
                        key.fileobj.sendto(reply, whom)


def trickle(line, size, pace, dice):
    """Sends so many bytes, at about `pace` bytes a second."""
    piece = dice.randbytes(max(200, int(pace / dice.choice((4, 8, 16)))))
    while size > 0:
        line.sendall(piece[:size])
        size -= len(piece)
        time.sleep(len(piece) / pace * dice.uniform(0.8, 1.2))


def connect(host, port, dice, seconds=5):
    """A TCP connection to a host of the plan, by IPv6 now and then."""
    return socket.create_connection((host.address6 if dice.random() < 0.2 else host.address, port), seconds)


def ends(actor, name):
    """Whence and whither: an address of the actor's host and one of the host of that name, by IPv6 now and then."""
    own, other = actor.host, actor.plan[name]
    if actor.dice.random() < 0.2:
        return own.address6, other.address6
    return actor.dice.choice((own.address, *own.others)), other.address


def reach(actor, name, port, seconds=5):
    """A TCP connection to the host of that name, from any of the actor's addresses."""
    source, server = ends(actor, name)
    return socket.create_connection((server, port), seconds, (source, 0))


def reset(line):
    """Has a connection end by RST when it is closed."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
