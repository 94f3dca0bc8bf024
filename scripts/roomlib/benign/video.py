"""A camera and who watches it: RTSP (RFC 2326) and RTP (RFC 3550), by UDP or within the TCP connection."""
import random, re, socket, struct, threading, time

from . import habit, server
from .services import Service, connect

PORT = 554


def _words(line):
    """The next RTSP message, up to its empty line."""
    heard = b""
    while b"\r\n\r\n" not in heard:
        part = line.recv(1)
        if not part:
            raise ConnectionError("the camera's line was closed")
        heard += part
    return heard.decode(errors="replace")


class _Film:
    """Frames as a video encoder makes them: a large one, then small ones."""

    def __init__(self, plan):
        dice = plan.dice("film")
        self.rate, self.group = dice.choice((3, 5, 8, 10)), dice.randint(8, 40)
        self.key, self.other = dice.randint(6_000, 30_000), dice.randint(400, 3_500)
        self.piece = dice.choice((900, 1188, 1344))
        self.kind, self.clock = dice.choice((96, 97, 98)), 90_000

    def packets(self, dice, number, count, source):
        """The RTP packets of one frame; `count` numbers them."""
        size = int((self.key if number % self.group == 0 else self.other) * dice.uniform(0.6, 1.4))
        pieces = [min(self.piece, size - at) for at in range(0, size, self.piece)]
        for place, length in enumerate(pieces):
            last = 0x80 if place + 1 == len(pieces) else 0
            yield struct.pack(">BBHII", 0x80, self.kind | last, (count + place) & 0xFFFF,
                              int(number * self.clock / self.rate) & 0xFFFFFFFF,
                              source) + dice.randbytes(length)


def _report(source, packets, octets):
    """A sender report of RTCP."""
    now = time.time() + 2_208_988_800
    return struct.pack(">BBHIIIIII", 0x80, 200, 6, source, int(now), int(now % 1 * (1 << 32)), 0, packets,
                       octets)


def _play(actor, film, send, report, over):
    dice, source = random.Random(actor.dice.random()), actor.dice.getrandbits(32)
    count, octets, number = dice.getrandbits(16), 0, 0
    while not over.is_set() and not actor.over.is_set():
        for packet in film.packets(dice, number, count, source):
            send(packet)
            count, octets = count + 1, octets + len(packet)
        number += 1
        if number % int(5 * film.rate) == 1:
            report(_report(source, count & 0xFFFFFFFF, octets))
        over.wait(dice.uniform(0.8, 1.2) / film.rate)


class _Visit:
    """One RTSP connection to the camera."""

    def __init__(self, actor, film, line):
        self.actor, self.film, self.line = actor, film, line
        self.over, self.lock, self.outlet = threading.Event(), threading.Lock(), None

    def answer(self, asked, more="", body=""):
        number = re.search(r"CSeq: *(\d+)", asked)[1]
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        with self.lock:
            self.line.sendall(f"RTSP/1.0 200 OK\r\nCSeq: {number}\r\n{more}{length}\r\n{body}".encode())

    def talk(self):
        does = {"DESCRIBE": self.describe, "SETUP": self.setup, "PLAY": self.play}
        try:
            verb = ""
            while verb != "TEARDOWN":
                asked = _words(self.line)
                verb = asked.split()[0]
                does.get(verb, self.answer)(asked)
        finally:
            self.over.set()

    def describe(self, asked):
        kind = self.film.kind
        self.answer(asked, "Content-Type: application/sdp\r\n",
                    f"v=0\r\no=- 1 1 IN IP4 {self.actor.host.address}\r\ns=ward\r\nt=0 0\r\n"
                    f"m=video 0 RTP/AVP {kind}\r\n"
                    f"a=rtpmap:{kind} H264/90000\r\na=control:track1\r\n")

    def setup(self, asked):
        ports = re.search(r"client_port=(\d+)", asked)
        self.outlet = _outlet(self.line, self.lock, self.line.getpeername()[0],
                              int(ports[1]) if ports else None)
        way = re.search("Transport:.*", asked)[0].strip()
        self.answer(asked, f"Session: {self.actor.dice.getrandbits(32):08x}\r\n{way}\r\n")

    def play(self, asked):
        self.answer(asked, "RTP-Info: url=track1;seq=1\r\n")
        threading.Thread(target=_until_gone, args=(self.actor, self.film, self.outlet, self.over),
                         daemon=True).start()


@server
def video(actor):
    """The camera: an RTSP server that plays to whoever asks."""
    film = _Film(actor.plan)
    with Service(actor, PORT, lambda line: _Visit(actor, film, line).talk()):
        actor.wait(1e6)


def _until_gone(actor, film, outlet, over):
    try:
        _play(actor, film, *outlet, over)
    except OSError:
        over.set()


def _outlet(line, lock, peer, port):
    """Two functions, for RTP and RTCP: to the watcher's ports, or between the words of the connection."""
    if port:
        speaking = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        speaking.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        return tuple(lambda packet, to=to: speaking.sendto(packet, (peer, to)) for to in (port, port + 1))

    def between(channel):
        def send(packet):
            with lock:
                line.sendall(struct.pack(">BBH", 0x24, channel, len(packet)) + packet)
        return send
    return between(0), between(1)


@habit
def watching(actor):
    """A station that watches the camera for a while, and again later."""
    dice, interleaved = actor.dice, actor.dice.random() < 0.4
    while True:
        actor.pause(30)
        port = dice.randrange(20_000, 60_000, 2)
        with connect(actor.plan["camera"], PORT,
                     dice) as line, socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as hearing, \
                socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as reports:
            hearing.bind(("::", port))
            reports.bind(("::", port + 1))
            where = f"rtsp://{actor.address('camera')}/stream{dice.randint(1, 2)}"
            way = f"RTP/AVP;unicast;client_port={port}-{port + 1}"
            way = "RTP/AVP/TCP;unicast;interleaved=0-1" if interleaved else way
            steps = (("OPTIONS", ""), ("DESCRIBE", "Accept: application/sdp\r\n"),
                     ("SETUP", f"Transport: {way}\r\n"), ("PLAY", "Range: npt=0.000-\r\n"))
            for number, (verb, more) in enumerate(steps, 1):
                line.sendall(f"{verb} {where} RTSP/1.0\r\nCSeq: {number}\r\n{more}\r\n".encode())
                words = _words(line)
                if length := re.search(r"Content-Length: (\d+)", words):
                    line.recv(int(length[1]), socket.MSG_WAITALL)
            _watch(actor, line if interleaved else hearing, reports, dice.uniform(4, 25))
            line.sendall(f"TEARDOWN {where} RTSP/1.0\r\nCSeq: 5\r\n\r\n".encode())


def _watch(actor, source, reports, seconds):
    """Reads what comes; a receiver report every few seconds."""
    end, due = time.monotonic() + seconds, time.monotonic() + 3
    source.settimeout(1)
    while time.monotonic() < end and not actor.over.is_set():
        try:
            heard = source.recv(65536) if source.type == socket.SOCK_STREAM else source.recvfrom(2048)[0]
        except TimeoutError:
            continue
        if not heard:
            return
        if time.monotonic() > due and source.type == socket.SOCK_DGRAM:
            due += 5
            reports.setblocking(False)
            try:
                whom = reports.recvfrom(2048)[1]
                reports.sendto(struct.pack(">BBHI", 0x80, 201, 1, actor.dice.getrandbits(32)), whom)
            except BlockingIOError:
                pass
