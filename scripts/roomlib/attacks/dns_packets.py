"""DNS (RFC 1035) as tunnels use it: long names out, long answers back."""
import base64, contextlib, socket, struct

from . import talk

A, CNAME, NULL, MX, TXT, AAAA, ANY = 1, 5, 10, 15, 16, 28, 255


def zone(dice):
    """A domain that somebody registered yesterday."""
    return f"{talk.words(dice, 1, 2, 14)[0]}.{dice.choice(('net', 'com', 'xyz', 'info', 'top', 'ru', 'cc'))}"


def encoded(blob, dice, under):
    """A name under a zone that carries bytes; how, this tunnel's dice decide."""
    style, step = dice.choice(((base64.b32encode, 30), (base64.b16encode, 60), (base64.urlsafe_b64encode, 63),
                               (base64.b16encode, 20)))
    text = style(blob).decode().rstrip("=").replace("_", "-")
    return ".".join([text[at:at + step] for at in range(0, len(text), step)] + [under])


def query(dice, name, kind, extended):
    """A query for a name; with EDNS (RFC 6891) it may be answered in 4096 bytes."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"
    more = b"\0\0\x29\x10\0\0\0\0\0\0\0" if extended else b""
    return struct.pack(">HHHHHH", dice.getrandbits(16), 0x0100, 1, 0, 0,
                       int(extended)) + labels + struct.pack(">HH", kind, 1) + more


def ask_all(source, server, dice, names, kind, extended=True):
    """Asks a server for one name after another, from one port or many."""
    fixed = dice.random() < 0.4
    with contextlib.ExitStack() as stack:
        asking = None
        for name in names:
            if not (asking and fixed):
                stack.close()
                asking = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                asking.bind((source, 0))
                asking.connect((server, 53))
                asking.settimeout(0.5)
            with contextlib.suppress(OSError):
                asking.send(query(dice, name, kind, extended))
                asking.recv(4096)


def _data(kind, dice, size):
    if kind == TXT:
        text = dice.randbytes(min(size, 180))
        coded = base64.b64encode(text)
        return bytes([len(coded)]) + coded
    if kind in (CNAME, MX):
        word = dice.randbytes(min(size, 30)).hex().encode()
        return (b"\0\x0a" if kind == MX else b"") + bytes([len(word)]) + word + b"\x01a\x03net\0"
    return dice.randbytes({A: 4, AAAA: 16}.get(kind, size))


def serving(scene, host, address, size):
    """A name server at a host's address for as long as the block; answers carry up to `size` bytes."""
    lifetime = scene.dice.choice((0, 1, 60))

    def answers(dice, asked):
        end = asked.index(b"\0", 12) + 5
        data = _data(struct.unpack(">H", asked[end - 4:end - 2])[0], dice, dice.randint(1, size))
        head = asked[:2] + struct.pack(">HHHHH", 0x8580, 1, 1, 0, 0) + asked[12:end]
        record = b"\xc0\x0c" + asked[end - 4:end] + struct.pack(">IH", lifetime, len(data))
        return [head + record + data]
    return talk.answering(scene, host, [address], 53, answers)
