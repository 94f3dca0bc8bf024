"""SNMP versions 1 and 2c (RFC 1157, RFC 3416), as much as counters need."""
import itertools, time

INTEGER, OCTETS, NULL, OBJECT, SEQUENCE, COUNTER, TICKS = 2, 4, 5, 6, 0x30, 0x41, 0x43
GET, GET_NEXT, RESPONSE, GET_BULK = 0xA0, 0xA1, 0xA2, 0xA5
SYSTEM, INTERFACES = (1, 3, 6, 1, 2, 1, 1), (1, 3, 6, 1, 2, 1, 2, 2, 1)
OBJECTS = sorted([SYSTEM + (n, 0) for n in (1, 3, 5)]
                 + [INTERFACES + (column, port) for column in (10, 14, 16) for port in range(1, 9)])


def _element(kind, content):
    size = len(content)
    length = bytes((size,)) if size < 128 else b"\x82" + size.to_bytes(2, "big")
    return bytes((kind,)) + length + content


def _integer(value, kind=INTEGER):
    return _element(kind, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _object(numbers):
    coded = bytearray((numbers[0] * 40 + numbers[1],))
    for number in numbers[2:]:
        coded += bytes([0x80 | number >> 7] if number > 127 else []) + bytes((number & 127,))
    return _element(OBJECT, bytes(coded))


def _split(data):
    """The elements in a piece of BER: (kind, content)."""
    at = 0
    while at < len(data):
        kind, size, at = data[at], data[at + 1], at + 2
        if size & 0x80:
            more = size & 0x7F
            size, at = int.from_bytes(data[at:at + more], "big"), at + more
        yield kind, data[at:at + size]
        at += size


def _numbers(coded):
    numbers, value = list(divmod(coded[0], 40)), 0
    for byte in coded[1:]:
        value = value << 7 | byte & 127
        if byte < 128:
            numbers.append(value)
            value = 0
    return tuple(numbers)


def request(kind, objects, number, version=1, community="public", most=0):
    """A question for objects; of GET_BULK, for `most` that follow each."""
    bindings = b"".join(_element(SEQUENCE, _object(numbers) + _element(NULL, b"")) for numbers in objects)
    return _message(version, community.encode(), kind, number, bindings, most)


def _message(version, community, kind, number, bindings, most=0):
    content = _integer(number) + _integer(0) + _integer(most) + _element(SEQUENCE, bindings)
    return _element(SEQUENCE, _integer(version) + _element(OCTETS, community) + _element(kind, content))


def asked(data):
    """Version, community, kind, number, objects and the number wanted of each, of a message."""
    (_, whole), = _split(data)
    (_, version), (_, community), (kind, content) = _split(whole)
    (_, number), _, (_, most), (_, bindings) = _split(content)
    objects = [_numbers(next(_split(binding))[1]) for _, binding in _split(bindings)]
    version, number, most = (int.from_bytes(value, "big") for value in (version, number, most))
    return version, community, kind, number, objects, most


def answer(data, name, since):
    """What an agent of that name says to a question; nothing to what is none."""
    try:
        version, community, kind, number, objects, most = asked(data)
    except (ValueError, IndexError, StopIteration):
        return None
    if kind not in (GET, GET_NEXT, GET_BULK) or community != b"public":
        return None
    if kind == GET_NEXT:
        objects = [next(itertools.chain((o for o in OBJECTS if o > wanted), (wanted,))) for wanted in objects]
    if kind == GET_BULK:
        objects = [o for wanted in objects for o in [o for o in OBJECTS if o > wanted][:most]]
    bindings = b"".join(_element(SEQUENCE, _object(numbers) + _value(numbers, name, since))
                        for numbers in objects)
    return _message(version, community, RESPONSE, number, bindings)


def _value(numbers, name, since):
    if numbers[:7] == SYSTEM:
        return _integer(int((time.time() - since) * 100),
                        TICKS) if numbers[7] == 3 else _element(OCTETS, name.encode())
    return _integer(int((time.time() - since) * 1000 * numbers[-1]) & 0x7FFFFFFF, COUNTER)
