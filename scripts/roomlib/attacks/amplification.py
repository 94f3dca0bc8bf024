"""Amplification: the attacker asks reflectors in the victim's name, and they answer the victim.

The questions to servers outside never pass Ward's box: all it hears is the answers.
"""
import collections, itertools

from . import dns_packets, raw, reflections, scenario, senders, talk
from .floods import anybody, between
from ..truth import ANY


def answering(scene, host, addresses, port, answers, *sizes):
    """Such servers; every answer is about as long as one of the sizes between which these keep."""
    size = senders.sizes(own := talk.own(scene.dice), *sizes)
    return talk.answering(scene, host, addresses, port, lambda _, asked: answers(own, asked, size()))


def questions(scene, asked, port, question, victim, back):
    """Questions in the victim's name to reflectors in turn or at random, to be answered to the port `back`
    or to any port."""
    dice, style, turn = scene.dice, raw.Style.of(scene.dice), scene.dice.random() < 0.5
    for index in itertools.count():
        to = asked[index % len(asked)] if turn else dice.choice(asked)
        ports = (dice.randint(1024, 65535) if back == ANY else back, port)
        yield style.ip(index, dice, victim, to, 17, raw.udp(victim, to, ports, question(dice)))


def reflect(scene, kind):
    """A scenario: such servers outside answer a host of the ward."""
    port, question, answers, least, most = reflections.PROTOCOLS[kind]
    attacker, victim, dice = scene.outsider(), anybody(scene), scene.dice
    host, addresses = scene.plan["reflector"], scene.reflectors(dice.randint(8, 60))
    largest = sum(map(len, answers(dice, question(dice), most)))
    rate = between(scene, 25, max(60, min(900, 2_000_000 // largest)))
    back = dice.choice((ANY, ANY, 80, 443, dice.randint(1024, 65535)))
    with (answering(scene, host, addresses, port, answers, least, most),
          scene.attack(ANY, victim.address, tail=2)):
        senders.pour(scene, attacker, questions(scene, addresses, port, question, victim.address, back), rate)


def _register(kind, port):
    @scenario(f"amplification-{kind}", "AMPLIFICATION",
              f"servers outside (UDP {port}), asked in the victim's name, answer it")
    def play(scene):
        reflect(scene, kind)


for _kind, _entry in reflections.PROTOCOLS.items():
    _register(_kind, _entry[0])


def stranger(scene):
    """An address outside to forge, which no one in the room has."""
    while True:
        address = raw.anyone(scene.dice)
        if address not in scene.truth.addresses:
            scene.truth.addresses.add(address)
            return address


def abuse(scene, server, port, question, rate):
    """A server of the ward is asked in the name of a victim outside."""
    attacker, victim = scene.outsider(), stranger(scene)
    back = scene.dice.choice((ANY, 80, 443, scene.dice.randint(1024, 65535)))
    with scene.attack(victim, server.address, 17, tail=2):
        senders.pour(scene, attacker, questions(scene, [server.address], port, question, victim, back), rate)


def richest(scene, host):
    """A type to ask a resolver of the ward for, and the names that it has the most to say of, as its settings
    (those of dnsmasq) tell."""
    texts, records = collections.Counter(), collections.Counter()
    for line in (scene.room.folder / f"{host.name}-names.conf").read_text().splitlines():
        option, _, record = line.partition("=")
        if option in ("txt-record", "host-record"):
            records[record.split(",")[0]] += len(record)
        if option == "txt-record":
            texts[record.split(",")[0]] += len(record)
    short = max(texts.values()) < 300
    everything = short or scene.dice.random() < 0.5
    kind, lengths = (dns_packets.ANY, records) if everything else (dns_packets.TXT, texts)
    return kind, [name for name in lengths if lengths[name] > max(lengths.values()) / 2]


@scenario("reflector-resolver", "AMPLIFICATION", "the ward's resolver is asked in a stranger's name")
def reflector_resolver(scene):
    server = scene.host("services")
    kind, names = richest(scene, server)
    names = scene.dice.sample(names, scene.dice.randint(1, len(names)))

    def question(dice):
        return dns_packets.query(dice, dice.choice(names), kind, extended=True)
    abuse(scene, server, 53, question, between(scene, 40, 800))


@scenario("reflector-device", "AMPLIFICATION", "a device with an open UDP service answers a stranger")
def reflector_device(scene):
    dice = scene.dice
    kind = dice.choice(("memcached", "ssdp", "chargen", "ldap"))
    port, question, answers, least, most = reflections.PROTOCOLS[kind]
    device = scene.host(dice.choice(("ecg", "pump", "ventilator", "camera", "modality")))
    with answering(scene, device, [device.address], port, answers, least, most):
        abuse(scene, device, port, question, between(scene, 40, 400))
