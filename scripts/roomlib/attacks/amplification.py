"""Amplification: the attacker asks reflectors in the victim's name, and they answer the victim.

The questions to servers outside never pass Ward's box: all it hears is the answers.
"""
import contextlib, itertools, selectors, socket, threading

from . import raw, reflections, scenario, senders
from .floods import anybody, between
from .. import isolation
from ..truth import ANY


@contextlib.contextmanager
def answering(scene, host, addresses, port, answers, size):
    """A UDP server at a host, at such addresses, as long as the block; every answer has about its size."""
    ready, over = threading.Event(), threading.Event()
    dice = scene.plan.dice("reflector", scene.name, host.name)

    def serve():
        watch = selectors.DefaultSelector()
        for address in addresses:
            one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            one.bind((address, port))
            watch.register(one, selectors.EVENT_READ)
        ready.set()
        while not over.is_set():
            for key, _ in watch.select(0.1):
                with contextlib.suppress(OSError):
                    asked, whom = key.fileobj.recvfrom(2048)
                    for answer in answers(dice, asked, size()):
                        key.fileobj.sendto(answer, whom)
        for key in list(watch.get_map().values()):
            key.fileobj.close()
    thread = isolation.thread(host.space, serve, f"{scene.name}: reflector")
    if not ready.wait(5):
        raise RuntimeError(f"no reflector at {host.name}, port {port}")
    try:
        yield
    finally:
        over.set()
        thread.join(5)


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
    size = senders.sizes(dice, least, most)
    largest = sum(map(len, answers(dice, question(dice), most)))
    rate = between(scene, 25, max(60, min(900, 2_000_000 // largest)))
    back = dice.choice((ANY, ANY, 80, 443, dice.randint(1024, 65535)))
    with answering(scene, host, addresses, port, answers, size), scene.attack(ANY, victim.address, tail=2):
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


@scenario("reflector-resolver", "AMPLIFICATION", "the ward's resolver is asked in a stranger's name")
def reflector_resolver(scene):
    abuse(scene, scene.host("services"), 53, reflections.dns_question, between(scene, 40, 800))


@scenario("reflector-device", "AMPLIFICATION", "a device with an open UDP service answers a stranger")
def reflector_device(scene):
    dice = scene.dice
    kind = dice.choice(("memcached", "ssdp", "chargen", "ldap"))
    port, question, answers, least, most = reflections.PROTOCOLS[kind]
    device = scene.host(dice.choice(("ecg", "pump", "ventilator", "camera", "modality")))
    with answering(scene, device, [device.address], port, answers, senders.sizes(dice, least, most)):
        abuse(scene, device, port, question, between(scene, 40, 400))
