"""Packets made by hand, as tools that are not off the shelf make them: RFC 791, 8200, 9293, 768, 792."""
import dataclasses, errno, socket, struct, time

FIN, SYN, RST, PSH, ACK, URG = 1, 2, 4, 8, 16, 32


def checksum(data):
    """RFC 1071."""
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def packed(address):
    return socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)


def summed(src, dst, protocol, body, at):
    """A body with the checksum over it and the addresses written at offset `at`."""
    pseudo = packed(src) + packed(dst) + struct.pack(">II" if ":" in src else ">HH", *(
        (len(body), protocol) if ":" in src else (protocol, len(body))))
    value = checksum(pseudo + body)
    return body[:at] + struct.pack(">H", value or 0xFFFF) + body[at + 2:]


def ip(src, dst, protocol, body, ttl=64, ident=0, dont_fragment=False):
    """An IPv4 or IPv6 packet. The kernel fills in IPv4's checksum, and the identification if it is 0."""
    if ":" in src:
        return struct.pack(">IHBB", 6 << 28, len(body), protocol, ttl) + packed(src) + packed(dst) + body
    return struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(body), ident, dont_fragment << 14, ttl, protocol, 0) \
        + packed(src) + packed(dst) + body


def tcp(src, dst, ports, flags, sequence, acknowledgment=0, window=1024, options=b"", payload=b""):
    """A segment; `ports` are the source's and the destination's, options a multiple of four bytes."""
    head = struct.pack(">HHIIBBHHH", *ports, sequence, acknowledgment, (5 + len(options) // 4) << 4, flags,
                       window, 0, 0)
    return summed(src, dst, 6, head + options + payload, 16)


def udp(src, dst, ports, payload):
    return summed(src, dst, 17, struct.pack(">HHHH", *ports, 8 + len(payload), 0) + payload, 6)


def icmp(kind, rest, code=0):
    """An ICMP message of IPv4; `rest` is what follows the checksum."""
    body = struct.pack(">BBH", kind, code, 0) + rest
    return body[:2] + struct.pack(">H", checksum(body)) + body[4:]


def pour(packets, rate, over, burst=1):
    """Sends IP packets as they come, so many a second, from this thread's host; how many went.

    `burst` go at once. What the kernel refuses (no neighbour, queue full) is lost as on a real link.
    """
    sockets, sent, begin = {}, 0, time.monotonic()
    for packet in packets:
        if sent % burst == 0 and (early := begin + sent / rate - time.monotonic()) > 0 and over.wait(early):
            break
        six = packet[0] >> 4 == 6
        dst = packet[24:40] if six else packet[16:20]
        family = socket.AF_INET6 if six else socket.AF_INET
        if family not in sockets:
            sockets[family] = socket.socket(family, socket.SOCK_RAW, socket.IPPROTO_RAW)
            if not six:
                sockets[family].setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        try:
            sockets[family].sendto(packet, (socket.inet_ntop(family, dst), 0))
        except OSError as error:
            if error.errno not in (errno.ENOBUFS, errno.EHOSTUNREACH, errno.EPERM, errno.EAGAIN):
                raise
        sent += 1
    for each in sockets.values():
        each.close()
    return sent


@dataclasses.dataclass
class Style:
    """How one tool makes its packets: chosen once, kept for a run."""

    ttl: int
    window: int
    options: bytes
    ports: str
    port: int
    sequence: str
    ident: str
    dont_fragment: bool

    @classmethod
    def of(cls, dice):
        return cls(
            ttl=dice.choice((52, 64, 64, 107, 128, 255, dice.randint(33, 255))),
            window=dice.choice((0, 64, 512, 1024, 5840, 8192, 29200, 64240, 65535, dice.randrange(65536))),
            options=_options(dice), ports=dice.choice(("random", "rising", "one", "few")),
            port=dice.randint(1024, 60000), sequence=dice.choice(("random", "rising", "one")),
            ident=dice.choice(("random", "rising", "one")), dont_fragment=dice.random() < 0.4)

    def source_port(self, index, dice):
        if self.ports == "one":
            return self.port
        if self.ports == "few":
            return self.port + dice.randrange(16)
        return dice.randint(1024, 65535) if self.ports == "random" else 1024 + (self.port + index) % 64000

    def number(self, index, dice):
        """A sequence number."""
        return {"random": dice.getrandbits(32), "rising": (self.port * 65537 + index * 64000) & 0xFFFFFFFF,
                "one": self.port * 31337 & 0xFFFFFFFF}[self.sequence]

    def ip(self, index, dice, src, dst, protocol, body):
        ident = {"random": dice.randrange(1, 65536), "rising": 1 + (self.port + index) % 65535,
                 "one": self.port}
        return ip(src, dst, protocol, body, self.ttl, ident[self.ident], self.dont_fragment)

    def segment(self, index, dice, src, dst, port, flags, payload=b""):
        """A TCP segment in a packet, to a port."""
        acknowledgment = dice.getrandbits(32) if flags & ACK else 0
        return self.ip(index, dice, src, dst, 6, tcp(
            src, dst, (self.source_port(index, dice), port), flags, self.number(index, dice), acknowledgment,
            self.window, self.options if flags & SYN else b"", payload))

    def datagram(self, index, dice, src, dst, port, payload):
        return self.ip(index, dice, src, dst, 17, udp(
            src, dst, (self.source_port(index, dice), port), payload))


def _options(dice):
    """Options of a SYN: none, or those of some system or tool (RFC 9293, 7323, 2018)."""
    size = struct.pack(">BBH", 2, 4, dice.choice((536, 1220, 1360, 1400, 1440, 1452, 1460)))
    scale, sack = struct.pack(">BBBB", 1, 3, 3, dice.randint(0, 14)), b"\4\2\1\1"
    stamp = b"\4\2\x08\x0a" + struct.pack(">II", dice.getrandbits(32), 0)
    return dice.choice((b"", b"", size, size + sack, size + stamp + scale, size + scale + sack))


def anyone(dice):
    """An address to forge: of anyone in the world but where special ones are (RFC 6890)."""
    first = 10
    while first in (10, 127, 169, 172, 192, 198, 203):
        first = dice.randint(1, 223)
    return socket.inet_ntoa(bytes((first, dice.randrange(256), dice.randrange(256), dice.randint(1, 254))))
