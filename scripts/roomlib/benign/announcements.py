"""What devices tell and ask all others: mDNS, SSDP, NetBIOS names, LLMNR, WS-Discovery."""
import ipaddress, socket, struct, uuid

from . import habit
from .lookups import question


def _group(actor, address, port, ttl):
    """A socket that speaks to a group, from the host's own address, and has joined it."""
    if ":" in address:
        line = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        index = socket.if_nametoindex("eth0")
        line.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
        line.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, ttl)
        line.bind((actor.host.address6, port))
        return line
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    line.bind((actor.host.address, port))
    own = socket.inet_aton(actor.host.address)
    if ipaddress.ip_address(address).is_multicast:
        line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, own)
        line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, ttl)
        line.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(address) + own)
    else:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    return line


def _labels(name):
    return b"".join(bytes((len(label),)) + label.encode() for label in name.split(".")) + b"\0"


def _mdns(actor):
    """A question, or an announcement of a service (RFC 6762, RFC 6763)."""
    dice = actor.dice
    service = dice.choice(("_http._tcp.local", "_ipp._tcp.local", "_airplay._tcp.local",
                           "_googlecast._tcp.local", "_rtsp._tcp.local"))
    if dice.random() < 0.5:
        words = question(service, "PTR", 0, flags=0)
    else:
        own = _labels(f"{actor.host.name}.{service}")
        text = b"".join(bytes((len(part),)) + part
                        for part in (f"id={dice.getrandbits(64):x}".encode(), b"txtvers=1",
                                     b"x" * dice.randint(1, 200)))
        address = socket.inet_aton(actor.host.address)
        words = (struct.pack(">6H", 0, 0x8400, 0, 3, 0, 0)
                 + _labels(service) + struct.pack(">HHIH", 12, 1, 4500, len(own)) + own
                 + own + struct.pack(">HHIH", 16, 0x8001, 4500, len(text)) + text
                 + _labels(f"{actor.host.name}.local") + struct.pack(">HHIH", 1, 0x8001, 120, 4) + address)
    group = dice.choice(("224.0.0.251", "224.0.0.251", "ff02::fb"))
    for _ in range(dice.choice((1, 2, 3))):
        yield group, 5353, 5353, 255, words
        actor.wait(dice.uniform(0.2, 1))


def _ssdp(actor):
    """UPnP: a search, or notices of what is here, one after another."""
    dice = actor.dice
    if dice.random() < 0.5:
        wanted = dice.choice(("ssdp:all", "upnp:rootdevice", "urn:dial-multiscreen-org:service:dial:1"))
        search = ("M-SEARCH * HTTP/1.1", "HOST: 239.255.255.250:1900", 'MAN: "ssdp:discover"',
                  f"MX: {dice.randint(1, 5)}", f"ST: {wanted}", "", "")
        for _ in range(dice.randint(1, 4)):
            yield "239.255.255.250", 1900, 0, dice.choice((1, 2, 4)), "\r\n".join(search).encode()
        return
    unique = uuid.UUID(int=actor.plan.dice("upnp", actor.host.name).getrandbits(128))
    kinds = ("upnp:rootdevice", f"uuid:{unique}", "urn:schemas-upnp-org:device:Basic:1",
             "urn:schemas-upnp-org:service:Dummy:1")
    for kind in kinds[:dice.randint(1, 4)]:
        notice = ("NOTIFY * HTTP/1.1", "HOST: 239.255.255.250:1900", "CACHE-CONTROL: max-age=1800",
                  f"LOCATION: http://{actor.host.address}:49152/d.xml", f"NT: {kind}", "NTS: ssdp:alive",
                  f"SERVER: Linux/4.9 UPnP/1.0 device/1.{dice.randint(0, 9)}",
                  f"USN: uuid:{unique}::{kind}", "", "")
        yield "239.255.255.250", 1900, 0, 4, "\r\n".join(notice).encode()


def _netbios(actor):
    """A broadcast question for a name (RFC 1002): 16 bytes, each half a letter."""
    name = actor.dice.choice(("WORKGROUP", "RECORDS", "PRINTSRV", actor.host.name.upper())).ljust(15).encode()
    name += bytes((actor.dice.choice((0, 0x20, 0x1B)),))
    coded = bytes(65 + half for byte in name for half in (byte >> 4, byte & 15))
    number = actor.dice.getrandbits(16)
    for _ in range(actor.dice.randint(1, 3)):
        yield (str(actor.plan.inner.broadcast_address), 137, 137, 64,
               struct.pack(">6HB", number, 0x0110, 1, 0, 0, 0, 32) + coded + struct.pack(">BHH", 0, 32, 1))
        actor.wait(0.75)


def _llmnr(actor):
    """A question for a name nobody has (RFC 4795)."""
    name = actor.dice.choice(("wpad", "printsrv", "fileserver", "pc17"))
    for kind in ("A", "AAAA"):
        yield "224.0.0.252", 5355, 0, 1, question(name, kind, actor.dice.getrandbits(16), flags=0)


def _discovery(actor):
    """A probe of Web Services Dynamic Discovery."""
    kind = actor.dice.choice(("wsdp:Device", "dn:NetworkVideoTransmitter", "mdpws:MedicalDevice"))
    yield "239.255.255.250", 3702, 0, 1, (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" '
        'xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
        'xmlns:wsd="http://schemas.xmlsoap.org/ws/2005/04/discovery">'
        "<soap:Header><wsa:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</wsa:To>"
        "<wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</wsa:Action>"
        f"<wsa:MessageID>urn:uuid:{uuid.UUID(int=actor.dice.getrandbits(128))}</wsa:MessageID></soap:Header>"
        f"<soap:Body><wsd:Probe><wsd:Types>{kind}</wsd:Types></wsd:Probe></soap:Body></soap:Envelope>"
    ).encode()


@habit
def announcements(actor):
    """Some of these, by seed, now and then."""
    ways = actor.dice.sample((_mdns, _ssdp, _netbios, _llmnr, _discovery), actor.dice.randint(1, 3))
    mean = actor.dice.choice((5, 10, 20))
    while True:
        for group, port, own_port, ttl, words in actor.dice.choice(ways)(actor):
            with _group(actor, group, own_port, ttl) as line:
                line.sendto(words, (group, port))
        actor.pause(mean)
