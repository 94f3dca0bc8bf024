"""The same attacks, done otherwise: slower, to other ports, with longer packets.

Checksums stay as they were; nothing in the pipeline reads them.
"""
import csv, struct

from . import pcap

TCP, UDP, ICMP = 6, 17, 1
HEADERS = {1: 14, 101: 0, 113: 16}  # link types, and where IP begins
QUOTING = (3, 11, 12)  # ICMP errors


def slower(packets, factor):
    """All pauses longer by a factor."""
    begin = min((packet.time for packet in packets), default=0)
    return [pcap.Packet(begin + int((one.time - begin) * factor), one.length, one.data) for one in packets]


def moved(port, by):
    """A port moved by a constant, and never to 0."""
    return port and (port - 1 + by) % 65535 + 1


def otherwise(packets, link, by=0, pad=0):
    """Every port of TCP and UDP moved, and every datagram, echo and lone SYN longer."""
    return [_changed(one, HEADERS.get(link), by, pad) for one in packets]


def _changed(packet, place, by, pad):
    data = bytearray(packet.data)
    if place is None or len(data) < place + 20:
        return packet
    if place and data[place - 2:place] == b"\x81\x00":
        place += 4
    if data[place] >> 4 != 4 or (place and data[place - 2:place] != b"\x08\x00"):
        return packet
    _move(data, place, by)
    whole = len(data) == packet.length
    grown = pad if pad and _longer(data, place, pad, whole) else 0
    return pcap.Packet(packet.time, len(data) if whole else packet.length + grown, bytes(data))


def _move(data, place, by, quoted=False):
    """Moves the ports of an IPv4 packet, and those that an ICMP error in it quotes."""
    if len(data) < place + 20:
        return
    transport = place + (data[place] & 15) * 4
    if int.from_bytes(data[place + 6:place + 8], "big") & 0x1FFF or len(data) < transport + 4:
        return
    if data[place + 9] in (TCP, UDP):
        ports = struct.unpack_from(">2H", data, transport)
        struct.pack_into(">2H", data, transport, *(moved(port, by) for port in ports))
    elif data[place + 9] == ICMP and data[transport] in QUOTING and not quoted:
        _move(data, transport + 8, by, quoted=True)


def _longer(data, place, pad, whole):
    """Lengthens what has no sequence numbers to spoil; whether it did."""
    transport, protocol = place + (data[place] & 15) * 4, data[place + 9]
    size = int.from_bytes(data[place + 2:place + 4], "big")
    if size + pad > 1500 or len(data) < transport + 14 or int.from_bytes(data[place + 6:place + 8], "big") & 0x3FFF:
        return False
    if protocol == TCP and data[transport + 13] & 0x3F != 2 or protocol not in (TCP, UDP, ICMP):
        return False
    struct.pack_into(">H", data, place + 2, size + pad)
    if protocol == UDP:
        struct.pack_into(">H", data, transport + 4, struct.unpack_from(">H", data, transport + 4)[0] + pad)
    if whole:
        del data[place + size:]
        data.extend(bytes(pad))
    return True


def truth(source, target, begin, factor=1.0, by=0):
    """The flows of a capture, as they are after the change."""
    with open(source, newline="") as before, open(target, "w", newline="") as after:
        reader = csv.DictReader(before)
        writer = csv.DictWriter(after, reader.fieldnames, lineterminator="\n")
        writer.writeheader()
        for line in reader:
            for name in ("first_ts", "last_ts"):
                line[name] = f"{begin + (float(line[name]) - begin) * factor:.6f}"
            if line["proto"] in (str(TCP), str(UDP)):
                line |= {name: moved(int(line[name]), by) for name in ("src_port", "dst_port")}
            writer.writerow(line)
