"""MQTT control packets (OASIS MQTT 3.1.1 and 5.0), well made."""
import struct

CONNECT, PUBLISH, PUBACK, PUBREC, PUBREL, SUBSCRIBE, UNSUBSCRIBE, PINGREQ, DISCONNECT = (
    1, 3, 4, 5, 6, 8, 10, 12, 14)


def length(number):
    """A variable byte integer."""
    coded = b""
    while True:
        number, low = divmod(number, 128)
        coded += bytes([low | (128 if number else 0)])
        if not number:
            return coded


def text(words):
    """A string, or bytes in its place, with its length before it."""
    words = words if isinstance(words, bytes) else words.encode()
    return struct.pack(">H", len(words)) + words


def packet(kind, body=b"", flags=0):
    return bytes([kind << 4 | flags]) + length(len(body)) + body


def connect(client, keepalive=60, version=4, user=None, password=None, will=None, clean=True, name=None):
    """CONNECT; `will` is a topic and a message, `name` the protocol's if it is to be another one."""
    five = b"\0" if version == 5 else b""
    flags = (2 if clean else 0) | (4 if will else 0) | (64 if password is not None else 0) | (
        128 if user is not None else 0)
    name = name if name is not None else "MQIsdp" if version == 3 else "MQTT"
    body = text(name) + bytes([version, flags]) + struct.pack(">H", keepalive) + five + text(client)
    if will:
        body += five + text(will[0]) + text(will[1])
    body += b"".join(text(part) for part in (user, password) if part is not None)
    return packet(CONNECT, body)


def publish(topic, message, qos=0, number=1, retain=False, version=4):
    head = text(topic) + (struct.pack(">H", number) if qos else b"") + (b"\0" if version == 5 else b"")
    return packet(PUBLISH, head + message, qos << 1 | retain)


def subscribe(topics, qos=0, number=1, version=4):
    body = struct.pack(">H", number) + (b"\0" if version == 5 else b"")
    return packet(SUBSCRIBE, body + b"".join(text(topic) + bytes([qos]) for topic in topics), 2)


def release(number):
    """PUBREL."""
    return packet(PUBREL, struct.pack(">H", number), 2)
