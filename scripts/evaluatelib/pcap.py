"""Captures read and written: classic pcap and pcapng in, pcap with nanoseconds out."""
import dataclasses, struct

SECOND = 1_000_000_000
MAGICS = {0xA1B2C3D4: 1000, 0xA1B23C4D: 1}  # nanoseconds of a tick
SECTION, INTERFACE, SIMPLE, ENHANCED = 0x0A0D0D0A, 1, 3, 6


@dataclasses.dataclass
class Packet:
    time: int  # ns since 1970
    length: int  # on the wire; data may be shorter
    data: bytes


def read(path):
    """The link type and the packets of a capture, in its order. Interfaces of other link types are left out."""
    data = path.read_bytes()
    if struct.unpack_from("<I", data)[0] == SECTION:
        return _sections(data)
    order = "<" if struct.unpack_from("<I", data)[0] in MAGICS else ">"
    tick = MAGICS[struct.unpack_from(f"{order}I", data)[0]]
    link = struct.unpack_from(f"{order}I", data, 20)[0] & 0xFFFF
    return link, list(_records(data, order, tick))


def _records(data, order, tick):
    place = 24
    while place + 16 <= len(data):
        seconds, part, kept, length = struct.unpack_from(f"{order}4I", data, place)
        yield Packet(seconds * SECOND + part * tick, length, data[place + 16:place + 16 + kept])
        place += 16 + kept


def _sections(data):
    place, order, interfaces, packets = 0, "<", [], []
    while place + 12 <= len(data):
        kind = struct.unpack_from(f"{order}I", data, place)[0]
        if kind == SECTION:
            order = "<" if struct.unpack_from("<I", data, place + 8)[0] == 0x1A2B3C4D else ">"
            interfaces = []
        size = struct.unpack_from(f"{order}I", data, place + 4)[0]
        body = data[place + 8:place + size - 4]
        if kind == INTERFACE:
            interfaces.append((struct.unpack_from(f"{order}H", body)[0], _resolution(body[8:], order)))
        elif kind == ENHANCED:
            number, high, low, kept, length = struct.unpack_from(f"{order}5I", body)
            link, ticks = interfaces[number]
            packets.append((link, Packet(((high << 32) | low) * SECOND // ticks, length, body[20:20 + kept])))
        place += max(12, size)
    first = packets[0][0] if packets else 1
    return first, [packet for link, packet in packets if link == first]


def _resolution(options, order):
    """Ticks of a second: the option if_tsresol, else a million."""
    place = 0
    while place + 4 <= len(options):
        code, size = struct.unpack_from(f"{order}2H", options, place)
        if code == 9:
            value = options[place + 4]
            return 2 ** (value & 127) if value & 128 else 10 ** value
        place += 4 + (size + 3) // 4 * 4
    return 1_000_000


def write(path, link, packets):
    """A capture of packets, in the order of their times."""
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, 262144, link))
        for one in sorted(packets, key=lambda packet: packet.time):
            file.write(struct.pack("<4I", *divmod(one.time, SECOND), len(one.data), one.length))
            file.write(one.data)
