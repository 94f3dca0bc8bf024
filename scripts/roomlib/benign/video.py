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
        self.key, self.other, self.piece = dice.randint(6_000, 30_000), dice.randint(400, 3_500), dice.choice((900, 1188, 1344))
        self.kind, self.clock = dice.choice((96, 97, 98)), 90_000

    def packets(self, dice, number, count, source):
        """The RTP packets of one frame; `count` numbers them."""
        size = int((self.key if number % self.group == 0 else self.other) * dice.uniform(0.6, 1.4))
        pieces = [min(self.piece, size - at) for at in range(0, size, self.piece)]
        for place, length in enumerate(pieces):
            last = 0x80 if place + 1 == len(pieces) else 0
            yield struct.pack(">BBHII", 0x80, self.kind | last, (count + place) & 0xFFFF,
                              int(number * self.clock / self.rate) & 0xFFFFFFFF, source) + dice.randbytes(length)


def _report(source, packets, octets):
    """A sender report of RTCP."""
    now = time.time() + 2_208_988_800
    return struct.pack(">BBHIIIIII", 0x80, 200, 6, source, int(now), int(now % 1 * (1 << 32)), 0, packets, octets)


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


@server
def video(actor):
    """The camera: an RTSP server that plays to whoever asks."""
    film = _Film(actor.plan)

    def answer(line, asked, more="", body=""):
        number = re.search(r"CSeq: *(\d+)", asked)[1]
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        line.sendall(f"RTSP/1.0 200 OK\r\nCSeq: {number}\r\n{more}{length}\r\n{body}".encode())

    def talk(line):
        over, lock = threading.Event(), threading.Lock()
        peer, here = line.getpeername()[0], None
        try:
            while True:
                asked = _words(line)
                verb = asked.split()[0]
                if verb == "DESCRIBE":
                    answer(line, asked, "Content-Type: application/sdp\r\n",
                           f"v=0\r\no=- 1 1 IN IP4 {actor.host.address}\r\ns=ward\r\nt=0 0\r\nm=video 0 RTP/AVP {film.kind}\r\n"
                           f"a=rtpmap:{film.kind} H264/90000\r\na=control:track1\r\n")
                elif verb == "SETUP":
                    ports = re.search(r"client_port=(\d+)", asked)
                    here = _outlet(line, lock, peer, int(ports[1]) if ports else None)
                    answer(line, asked, f"Session: {actor.dice.getrandbits(32):08x}\r\n{re.search('Transport:.*', asked)[0].strip()}\r\n")
                elif verb == "PLAY":
                    answer(line, asked, "RTP-Info: url=track1;seq=1\r\n")
                    threading.Thread(target=_until_gone, args=(actor, film, here, over), daemon=True).start()
                else:
                    answer(line, asked)
                    if verb == "TEARDOWN":
                        return
        finally:
            over.set()
    with Service(actor, PORT, talk):
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
        return lambda packet: speaking.sendto(packet, (peer, port)), lambda packet: speaking.sendto(packet, (peer, port + 1))

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
        with connect(actor.plan["camera"], PORT, dice) as line, socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as hearing, \
                socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as reports:
            hearing.bind(("::", port))
            reports.bind(("::", port + 1))
            where = f"rtsp://{actor.address('camera')}/stream{dice.randint(1, 2)}"
            way = "RTP/AVP/TCP;unicast;interleaved=0-1" if interleaved else f"RTP/AVP;unicast;client_port={port}-{port + 1}"
            for number, (verb, more) in enumerate((("OPTIONS", ""), ("DESCRIBE", "Accept: application/sdp\r\n"),
                                                   ("SETUP", f"Transport: {way}\r\n"), ("PLAY", "Range: npt=0.000-\r\n")), 1):
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
