"""Servers of the internet that the ward has business with, and the devices that call them."""
import base64, hashlib, http.server, json, os, socket, socketserver, ssl, struct, subprocess, threading, time

from . import habit, server
from .http_client import PROGRAMS, Client, trusting


class _Answer(http.server.BaseHTTPRequestHandler):
    """Pages, updates, long polls, and a web socket (RFC 6455) that sends what it was sent."""

    protocol_version, timeout, server_version = "HTTP/1.1", 60, "cloud"

    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.headers.get("Upgrade") == "websocket":
            return self._socket()
        dice = self.server.actor.plan.dice("page", self.path)
        if self.path.startswith("/poll/"):
            self.server.actor.over.wait(min(40, int(self.path[6:])))
            return self._say(dice.choice((200, 204)), b"{}")
        if self.path.startswith("/update/"):
            return self._update(int(self.path[8:]))
        if self.path.startswith("/static/"):
            return self._say(200, os.urandom(dice.choice((500, 2_000, 8_000, 30_000))))
        parts = "".join(f'<img src="/static/{number}">' for number in range(dice.randint(0, 16)))
        return self._say(200, f"<html>{parts}{'text ' * dice.randint(50, 10_000)}</html>".encode())

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._say(*((204, b"") if len(self.path) % 2 else (200, b'{"accepted":true}')))

    do_PUT = do_POST

    def _say(self, status, content):
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content if status != 204 else b"")

    def _update(self, size):
        self.send_response(200)
        self.send_header("Content-Length", str(size))
        self.end_headers()
        while size > 0:
            self.wfile.write(os.urandom(min(size, 30_000)))
            size -= 30_000
            time.sleep(0.1)

    def _socket(self):
        self.send_response(101)
        key = self.headers["Sec-WebSocket-Key"].encode()
        proof = hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
        for name, value in (("Upgrade", "websocket"), ("Connection", "Upgrade"),
                            ("Sec-WebSocket-Accept", base64.b64encode(proof.digest()).decode())):
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        while head := self.rfile.read(2):
            length = head[1] & 127
            length = struct.unpack(">H", self.rfile.read(2))[0] if length == 126 else length
            self.rfile.read(4 + length)
            self.wfile.write(struct.pack(">BB", 0x81, min(length, 125)) + b"." * min(length, 125))


class _Door(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address, daemon_threads, request_queue_size = True, True, 64

    def __init__(self, actor, port, context):
        self.actor, self.context = actor, context
        self.address_family = socket.AF_INET6
        super().__init__(("::", port), _Answer)

    def finish_request(self, request, address):
        if self.context:
            request.settimeout(10)
            request = self.context.wrap_socket(request, server_side=True)
        self.RequestHandlerClass(request, address, self)

    def handle_error(self, *_):
        """Clients come and go."""


@server
def cloud(actor):
    """HTTP on port 80, and the same over TLS on 443 and 8443."""
    key, certificate = actor.room.folder / "cloud.key", actor.room.folder / "cloud.pem"
    kind = actor.dice.choice((["rsa:2048"], ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]))
    subprocess.run(["openssl", "req", "-x509", "-newkey", *kind, "-nodes", "-keyout", key, "-out",
                    certificate, "-days", "30",
                    "-subj", f"/O=Vendor {actor.dice.randint(1, 999)}/CN=telemetry.icu-cloud.example"],
                   check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    for port, safe in ((80, None), (443, context), (8443, context)):
        door = _Door(actor, port, safe)
        threading.Thread(target=door.serve_forever, daemon=True).start()
    actor.wait(1e6)


def _converse(actor, address):
    """A web socket that stays open: small frames both ways, and silence."""
    dice = actor.dice
    plain = socket.create_connection((address, 443), 10)
    with trusting().wrap_socket(plain) as line:
        line.sendall("\r\n".join((
            "GET /live HTTP/1.1", "Host: push.tablets.example", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {base64.b64encode(dice.randbytes(16)).decode()}", "", "")).encode())
        line.recv(4096)
        for _ in range(dice.randint(3, 60)):
            size = dice.randint(2, 600)
            short, long = struct.pack(">B", 0x80 | size & 127), struct.pack(">BH", 0xFE, size)
            length = b"\x81" + (short if size < 126 else long)
            line.sendall(length + bytes(4) + dice.randbytes(size))
            line.recv(4096)
            actor.pause(dice.choice((0.5, 2, 6)))


@habit
def telemetry(actor):
    """A device or station that reports to its maker, asks for updates and keeps a line open."""
    dice, far = actor.dice, actor.plan["cloud"]
    address, tls = dice.choice((far.address, *far.others, far.address6)), dice.random() < 0.8
    client = Client(dice, address, dice.choice((443, 8443)) if tls else 80, "", "telemetry.icu-cloud.example",
                    tls, PROGRAMS)
    mean, manner = dice.choice((3, 8, 15, 30)), dice.choice(("post", "post", "poll", "socket", "mixed"))
    path = dice.choice(("/v1/ingest", "/telemetry", f"/api/devices/{dice.getrandbits(40):x}", "/t"))
    while True:
        act = manner
        if manner == "mixed" or dice.random() < 0.06:
            act = dice.choice(("post", "poll", "socket", "post", "update"))
        if act == "poll":
            client.ask(f"/poll/{dice.randint(1, int(client.timeout) - 1)}")
        elif act == "socket":
            _converse(actor, address)
        elif act == "update":
            client.ask(f"/update/{dice.randint(30_000, 1_000_000)}", keep=False)
        else:
            client.ask(path, dice.choice(("POST", "POST", "PUT")), json.dumps(
                {"serial": actor.host.mac, "uptime": round(time.monotonic()),
                 "log": dice.randbytes(dice.randint(5, 2_000)).hex()}))
        actor.pause(mean)
