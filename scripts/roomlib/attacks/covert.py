"""A device of the ward that somebody else commands: calls to a server outside, and moves to its neighbours.

The device goes on with its honest work meanwhile; only what it says to the place named is the attack.
"""
import contextlib, ssl, struct, time

from . import dns_packets, requests, scenario, talk

ROLES = "pump", "ecg", "ventilator", "camera", "station", "tablet"
# Of the ports in `greetings`, those that a device's habits honestly call: habit, role and port.
HONEST = ("results", "records", 2575),


def compromised(scene, roles=ROLES):
    """A host of the ward that somebody else commands."""
    return scene.host(scene.dice.choice([role for role in roles if scene.plan.having(role)]))


def pulses(scene, dice, seconds):
    """Comes round every second or few, with as much jitter as this program has."""
    period, jitter = dice.uniform(0.4, 2.5), dice.choice((0, 0.05, 0.2, 0.5))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        scene.wait(period * dice.uniform(1 - jitter, 1 + jitter))


def whole_request(connection):
    """Reads an HTTP request to its end; its length, 0 if there is none."""
    words = b""
    while b"\r\n\r\n" not in words:
        if not (part := connection.recv(65536)):
            return 0
        words += part
    head, _, body = words.partition(b"\r\n\r\n")
    sizes = [int(line.split(b":")[1]) for line in head.split(b"\r\n")
             if line.lower().startswith(b"content-length")]
    left = (sizes or [0])[0] - len(body)
    while left > 0 and (part := connection.recv(65536)):
        left -= len(part)
    return len(words)


def commander(dice, secure=None):
    """A function that serves commands over HTTP, in most answers none; with TLS if given a context."""
    idle, large = dice.randint(0, 300), dice.randint(400, 9000)

    def answer(connection, dice):
        with _secured(secure, connection, server_side=True) as talking:
            while whole_request(talking):
                body = dice.randbytes(large if dice.random() < 0.12 else dice.randint(0, idle))
                talking.sendall(b"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/plain\r\n"
                                b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    return answer


def caller(dice, name):
    """A function that asks for commands over a connection, as one program does."""
    there, tail = f"/{talk.words(dice, 1)[0]}", dice.choice(("", ".php", ".gif", ".js"))
    agent, most = dice.choice(requests.AGENTS), int(2 ** dice.uniform(3, 11))

    def say(connection, dice):
        method = dice.choice(("GET", "GET", "POST"))
        body = dice.randbytes(dice.randint(1, most)) if method == "POST" else b""
        target = f"{there}{tail}?id={dice.getrandbits(dice.choice((16, 64, 128))):x}"
        connection.sendall(requests.request(dice, method, target, name, body=body, agent=agent))
        requests.answer(connection)
    return say


def beacon(scene, secure=False):
    """HTTP requests to the commander, with a connection each or one that stays."""
    device, server, dice = compromised(scene), scene.outsider(), scene.dice
    port = dice.choice(((443, 8443, 4443) if secure else (80, 8080, 8000)) + (dice.randint(1024, 65535),))
    kept, name = dice.random() < 0.3, f"{talk.words(dice, 1)[0]}.example"
    say, context = caller(dice, name), _context(scene, server, name) if secure else None

    def work(_, dice):
        beats, trusting = pulses(scene, dice, 3 * scene.seconds), _trusting() if secure else None
        for _ in beats:
            with (contextlib.suppress(OSError),
                  talk.conversation(device.address, server.address, port, dice) as plain,
                  _secured(trusting, plain, server_hostname=name) as talking):
                say(talking, dice)
                for _ in beats if kept else ():
                    say(talking, dice)
    with talk.serving(scene, server, port, commander(dice, context)):
        with talk.blamed(scene, [device.address], server.address, port, tail=3):
            talk.crew(scene, device, [0], work)


def _secured(context, connection, **options):
    """The connection within TLS, or as it is if there is no context."""
    return context.wrap_socket(connection, **options) if context else contextlib.nullcontext(connection)


def _trusting():
    """A client's context that takes any certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _context(scene, server, name):
    """A server's context with a certificate of its own making."""
    path = scene.room.folder / f"{scene.name}-{name}.key"
    scene.run(server, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
              "-nodes", "-days", 30,
              "-subj", f"/CN={name}", "-keyout", path, "-out", f"{path}.crt", seconds=10)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{path}.crt", path)
    return context


@scenario("beacon-http", "COMMAND_AND_CONTROL", "a device that asks a server outside for commands, by HTTP")
def beacon_http(scene):
    beacon(scene)


@scenario("beacon-tls", "COMMAND_AND_CONTROL", "the same over TLS", ["openssl"])
def beacon_tls(scene):
    beacon(scene, secure=True)


@scenario("beacon-raw", "COMMAND_AND_CONTROL",
          "a connection outwards that stays, with commands and signs of life")
def beacon_raw(scene):
    device, server, dice = compromised(scene), scene.outsider(), scene.dice
    port, size = dice.choice((23, 443, 6667, 4444, 48101, dice.randint(1024, 65535))), dice.randint(1, 120)
    chance, large = dice.uniform(0, 0.4), dice.randint(100, 4000)

    def answer(connection, dice):
        while connection.recv(65536):
            connection.sendall(dice.randbytes(dice.randint(1, size)))

    def work(_, dice):
        with talk.conversation(device.address, server.address, port, dice, 5) as connection:
            connection.sendall(dice.randbytes(dice.randint(4, 400)))
            for _ in pulses(scene, dice, 3 * scene.seconds):
                connection.sendall(dice.randbytes(large if dice.random() < chance else dice.randint(1, size)))
                talk.drain(connection)
    with (talk.serving(scene, server, port, answer),
          talk.blamed(scene, [device.address], server.address, port)):
        talk.crew(scene, device, [0], work)


@scenario("beacon-dns", "COMMAND_AND_CONTROL", "a device that asks a name server outside for commands")
def beacon_dns(scene):
    device, server, dice = compromised(scene), scene.outsider(), scene.dice
    zone, kind = dns_packets.zone(dice), dice.choice((16, 16, 1, 28, 5))
    with dns_packets.serving(scene, server, server.address, dice.randint(4, 200)):
        with scene.attack(device.address, server.address, 17, 53):
            scene.call(device, dns_packets.ask_all, device.address, server.address, dice, (
                f"{dice.getrandbits(32):x}.{zone}" for _ in pulses(scene, dice, 3 * scene.seconds)), kind)


def greetings(dice):
    """What is said first at the ports that intruders try on a neighbour."""
    smb = b"\xffSMB\x72\0\0\0\0\x18\x53\xc8" + bytes(16) + b"\xff\xfe\0\0\0\0\0\x0c\0\x02NT LM 0.12\0"
    hl7 = f"\x0bMSH|^~\\&|X|Y|Z|W|2024||QRY^A19|{dice.randrange(10 ** 6)}|P|2.3\rQRD|2024|R|I|Q1\r\x1c\r"
    return {445: struct.pack(">I", len(smb)) + smb, 139: struct.pack(">I", len(smb)) + smb,
            2575: hl7.encode(),
            23: b"\xff\xfd\x01\xff\xfd\x03root\r\n", 2323: b"root\r\n", 22: b"SSH-2.0-libssh2_1.10.0\r\n",
            21: b"USER root\r\n",
            80: b"GET /cgi-bin/ HTTP/1.0\r\n\r\n", 8080: b"GET / HTTP/1.0\r\n\r\n",
            3389: bytes.fromhex("0300000b06e00000000000"),
            5900: b"RFB 003.008\n", 5555: b"CNXN" + dice.randbytes(20), 502: dice.randbytes(2)
            + bytes.fromhex("00000006010300000001"),
            104: bytes.fromhex("0100000000460001") + dice.randbytes(66), 6379: b"INFO\r\n"}


@scenario("lateral-movement", "EXPLOIT_PROBE",
          "a device that tries its neighbours' ports, which it never did")
def lateral(scene):
    device, dice = compromised(scene, ("pump", "ecg", "ventilator", "camera")), scene.dice
    others = [host for host in scene.plan.hosts if host.inside and host.name != device.name]
    words = greetings(dice)
    ports = dice.sample(sorted(words), dice.randint(1, 6))
    honest = {(role, port) for habit, role, port in HONEST if habit in device.habits}
    targets = [(host.address, port) for host in dice.sample(others, dice.randint(2, min(6, len(others))))
               for port in ports if (host.role, port) not in honest]
    lines, tried = contextlib.ExitStack(), set()

    def work(_, dice):
        left = list(targets)
        for _ in talk.beats(scene, dice, 2 ** dice.uniform(1, 5), 2 * scene.seconds):
            address, port = left.pop(0) if left else dice.choice(targets)
            if (address, port) not in tried:
                tried.add((address, port))
                lines.enter_context(talk.blamed(scene, [device.address], address, port))
            with (contextlib.suppress(OSError),
                  talk.conversation(device.address, address, port, dice, 1) as connection):
                connection.sendall(words[port])
                connection.recv(4096)
    with lines:
        talk.crew(scene, device, [0], work)
