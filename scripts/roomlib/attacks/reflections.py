"""Short questions and long answers of the protocols that are abused for reflection.

DNS (RFC 1035), NTP mode 7, SNMP (RFC 3416), CLDAP (RFC 4511), memcached over UDP, SQL Server Browser
(MC-SQLR), SSDP (UPnP 1.1), character generator (RFC 864). A function `..._answers` gives the datagrams
that answer a question, together about as long as `size` bytes.
"""
import struct

from . import dns_packets


def letters(dice, count):
    return bytes(dice.choice(b"abcdefghijklmnopqrstuvwxyz") for _ in range(count))


def name(dice):
    """A domain name."""
    return f"{letters(dice, dice.randint(3, 12)).decode()}.{dice.choice(('com', 'net', 'example', 'org'))}"


def ber(kind, body):
    """A BER value of any length below 64 KiB."""
    size = len(body)
    length = bytes((size,)) if size < 128 else b"\x82" + struct.pack(">H", size)
    return bytes((kind,)) + length + body


def dns_question(dice):
    return dns_packets.query(dice, name(dice), dice.choice((255, 16, 48, 46)), extended=True)


def dns_answers(dice, asked, size):
    """One message of TXT records about as long as `size`."""
    end = asked.index(b"\0", 12) + 5
    records = b""
    while len(records) < size:
        text = letters(dice, dice.randint(40, 250))
        records += struct.pack(">HHHIH", 0xC00C, 16, 1, dice.randint(30, 86400), len(text) + 1) + bytes(
            (len(text),)) + text
    count = records.count(b"\xc0\x0c\0\x10\0\1")
    return [asked[:2] + struct.pack(">HHHHH", 0x8180, 1, count, 0, 0) + asked[12:end] + records]


def ntp_question(dice):
    return b"\x17\0\3\x2a" + bytes(dice.choice((4, 188)))


def ntp_answers(dice, asked, size):
    """Mode 7, monlist: several packets of six clients each."""
    count = dice.randint(1, max(1, size // 440))
    return [bytes((0xD7 if number + 1 < count else 0x97, number, 3, 42)) + struct.pack(">HH", 6, 72)
            + dice.randbytes(6 * 72) for number in range(count)]


def snmp_question(dice):
    pdu = ber(2, dice.randbytes(4)) + ber(2, b"\0") + ber(2, bytes((dice.randint(20, 100),))) + ber(
        0x30, ber(0x30, ber(6, b"\x2b\6\1\2\1") + b"\5\0"))
    return ber(0x30, ber(2, b"\1") + ber(4, b"public") + ber(0xA5, pdu))


def snmp_answers(dice, asked, size):
    """A response of many variables."""
    variables = b""
    while len(variables) < size:
        oid = b"\x2b\6\1\2\1" + bytes(dice.randrange(1, 120) for _ in range(dice.randint(3, 8)))
        variables += ber(0x30, ber(6, oid) + ber(4, letters(dice, dice.randint(4, 90))))
    pdu = ber(2, dice.randbytes(4)) + ber(2, b"\0") + ber(2, b"\0") + ber(0x30, variables)
    return [ber(0x30, ber(2, b"\1") + ber(4, b"public") + ber(0xA2, pdu))]


def ldap_question(dice):
    none = ber(10, b"\0") + ber(10, b"\0") + ber(2, b"\0") + ber(2, b"\0") + ber(1, b"\0")
    body = ber(4, b"") + none + ber(0x87, b"objectClass") + ber(0x30, b"")
    return ber(0x30, ber(2, bytes((dice.randint(1, 127),))) + ber(0x63, body))


def ldap_answers(dice, asked, size):
    """A root entry of many attributes, and that it is done."""
    attributes = b""
    while len(attributes) < size:
        values = b"".join(ber(4, letters(dice, dice.randint(5, 60))) for _ in range(dice.randint(1, 6)))
        attributes += ber(0x30, ber(4, letters(dice, dice.randint(5, 25))) + ber(0x31, values))
    entry = ber(0x30, ber(2, b"\1") + ber(0x64, ber(4, b"") + ber(0x30, attributes)))
    return [entry + ber(0x30, ber(2, b"\1") + ber(0x65, b"\x0a\1\0\4\0\4\0"))]


def memcached_question(dice):
    return dice.randbytes(2) + b"\0\0\0\1\0\0" + dice.choice((b"stats\r\n", b"get a\r\n"))


def memcached_answers(dice, asked, size):
    """A value in numbered datagrams."""
    count, piece = max(1, size // 1200), dice.randint(900, 1400)
    value = f"VALUE a 0 {count * piece}\r\n".encode()
    return [asked[:2] + struct.pack(">HHH", number, count, 0) + (b"" if number else value)
            + letters(dice, piece) for number in range(count)]


def browser_question(dice):
    return dice.choice((b"\2", b"\3"))


def browser_answers(dice, asked, size):
    """The instances of a database server."""
    text = b""
    while len(text) < size:
        text += (b"ServerName;%s;InstanceName;%s;IsClustered;No;Version;%d.0.%d.0;tcp;%d;;" % (
            letters(dice, 8).upper(), letters(dice, 10).upper(), dice.randint(9, 16),
            dice.randint(1000, 6000), dice.randint(1024, 60000)))
    return [b"\5" + struct.pack("<H", len(text)) + text]


def ssdp_question(dice):
    return (b"M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\n"
            b"ST: " + dice.choice((b"ssdp:all", b"upnp:rootdevice")) + b"\r\n\r\n")


def ssdp_answers(dice, asked, size):
    """A datagram for each service of a device."""
    device, agent = letters(dice, 12), letters(dice, dice.randint(5, 40))
    return [b"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\n"
            b"LOCATION: http://10.0.0.1:49152/%s.xml\r\n"
            b"SERVER: %s UPnP/1.0\r\nST: urn:schemas-upnp-org:service:%s:1\r\nUSN: uuid:%s\r\n\r\n"
            % (letters(dice, 8), agent, letters(dice, dice.randint(5, 20)), device)
            for _ in range(max(1, size // 300))]


def chargen_question(dice):
    return dice.randbytes(1)


def chargen_answers(dice, asked, size):
    """Lines of 72 characters, each begun one further."""
    first, ring = dice.randrange(95), bytes(range(32, 127)) * 3
    text = b"".join(ring[(first + line) % 95:][:72] + b"\r\n" for line in range(size // 74 + 1))
    return [text[:size]]


# port, question, answers, the smallest and largest answer in bytes
PROTOCOLS = {
    "dns": (53, dns_question, dns_answers, 500, 3800),
    "ntp": (123, ntp_question, ntp_answers, 440, 4400),
    "snmp": (161, snmp_question, snmp_answers, 400, 3000),
    "ldap": (389, ldap_question, ldap_answers, 800, 3000),
    "memcached": (11211, memcached_question, memcached_answers, 1200, 8000),
    "mssql": (1434, browser_question, browser_answers, 250, 1400),
    "ssdp": (1900, ssdp_question, ssdp_answers, 300, 2400),
    "chargen": (19, chargen_question, chargen_answers, 74, 1024),
}
