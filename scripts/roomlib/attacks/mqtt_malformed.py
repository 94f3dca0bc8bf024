"""MQTT that no client sends."""
import contextlib, struct

from . import mqtt_packets as mqtt, scenario, talk
from .mqtt import PORT, client_id, open_session, stolen, topic


def _long_length(dice):
    """A remaining length of five bytes (MQTT 3.1.1, 2.2.3 allows four)."""
    return mqtt.connect(client_id(dice))[:1] + b"\xff\xff\xff\xff" + dice.randbytes(dice.randint(1, 30))


def _oversized(dice):
    """A length far beyond what follows, up to the 256 MiB that the standard allows."""
    head = bytes([dice.choice((0x10, 0x30, 0x32, 0x82))]) + mqtt.length(dice.randint(1 << 20, (1 << 28) - 1))
    return head + dice.randbytes(dice.randint(4, 900))


def _truncated(dice):
    whole = mqtt.connect(client_id(dice), user="u", password="p" * dice.randint(1, 60))
    return whole[:dice.randint(1, len(whole) - 1)]


def _reserved_type(dice):
    return mqtt.packet(dice.choice((0, 15)), dice.randbytes(dice.randint(0, 60)), dice.randrange(16))


def _wrong_name(dice):
    name = dice.choice(("MQTTX", "mqtt", "HTTP", "", "MQ" * dice.randint(3, 300)))
    return mqtt.connect(client_id(dice), name=name)


def _wrong_version(dice):
    return mqtt.connect(client_id(dice), version=dice.choice((0, 1, 2, 6, 9, 0x7F, 0xFF)))


def _before_connect(dice):
    return dice.choice((
        mqtt.publish(topic(dice), dice.randbytes(dice.randint(1, 300)), dice.randrange(3)),
        mqtt.subscribe([topic(dice)]), mqtt.packet(mqtt.PINGREQ), mqtt.release(dice.randint(1, 65535))))


def _bad_flags(dice):
    """Reserved bit of the flags, a will of QoS 3, a password without a user."""
    packet = bytearray(mqtt.connect(client_id(dice)))
    packet[9] |= dice.choice((0x01, 0x18, 0x1C, 0x40, 0xFF))
    return bytes(packet)


def _noise(dice):
    return dice.randbytes(dice.randint(1, 1200))


def _long_client(dice):
    return mqtt.connect("A" * dice.randint(2_000, 65_535))


def _wildcard_topic(dice):
    return mqtt.publish(topic(dice) + dice.choice(("/#", "/+", "/+/x")), dice.randbytes(dice.randint(0, 200)))


def _bad_text(dice):
    """A topic that is no UTF-8: a lone continuation, a surrogate, a null character."""
    bad = dice.choice((b"\x80\xbf", b"\xed\xa0\x80", b"\0", b"\xc0\xaf", b"\xff\xfe"))
    return mqtt.publish(topic(dice).encode() + bad, dice.randbytes(dice.randint(0, 200)))


def _connect_again(dice):
    return mqtt.connect(client_id(dice))


def _quality_three(dice):
    return mqtt.publish(topic(dice), dice.randbytes(dice.randint(0, 200)), 3)


def _empty_subscribe(dice):
    return dice.choice((mqtt.subscribe([]), mqtt.subscribe(["a#b", ""]), mqtt.subscribe([topic(dice)], 3),
                        mqtt.packet(mqtt.SUBSCRIBE, b"\0\0\0\1a\0", 0)))


def _number_zero(dice):
    return mqtt.publish(topic(dice), b"x", dice.choice((1, 2)), 0)


def _lying_topic(dice):
    """A topic that says it is longer than its packet."""
    return mqtt.packet(mqtt.PUBLISH, struct.pack(">H", dice.randint(200, 65535))
                       + dice.randbytes(dice.randint(1, 99)))


STRANGERS = (_long_length, _oversized, _truncated, _reserved_type, _wrong_name, _wrong_version,
             _before_connect, _bad_flags, _noise, _long_client)
GUESTS = (_wildcard_topic, _bad_text, _connect_again, _quality_three, _empty_subscribe, _number_zero,
          _lying_topic, _reserved_type, _oversized, _noise)


def malformed(scene, host, sources, rate):
    """Connections with one malformed packet or a few in each, some after a proper CONNECT."""
    broker, dice = scene.host("broker"), scene.dice
    strangers = dice.sample(STRANGERS, dice.randint(2, 7))
    guests = dice.sample(GUESTS, dice.randint(2, 7))
    greeted, lingers = dice.uniform(0.1, 0.8), dice.uniform(0.005, 0.2)

    def attempt(source, dice):
        with (contextlib.suppress(OSError),
              talk.conversation(source, broker.address, PORT, dice, 0.5) as connection):
            polite = dice.random() < greeted
            if polite:
                open_session(connection, dice, **stolen(scene.plan))
            for _ in range(dice.choice((1, 1, 1, 2, 5))):
                connection.sendall(dice.choice(guests if polite else strangers)(dice))
            connection.settimeout(lingers)
            connection.recv(512)

    def work(source, dice):
        for _ in talk.beats(scene, dice, rate / len(sources)):
            attempt(source, dice)
    with talk.blamed(scene, sources, broker.address, PORT):
        talk.crew(scene, host, sources, work)


@scenario("mqtt-malformed", "MQTT_MALFORMED", "packets that break the standard, from outside")
def outside(scene):
    attacker = scene.outsider()
    malformed(scene, attacker, [attacker.address] * scene.dice.randint(1, 3), 2 ** scene.dice.uniform(2, 6))


@scenario("mqtt-malformed-inside", "MQTT_MALFORMED", "the same from within the ward")
def inside(scene):
    attacker = scene.insider()
    malformed(scene, attacker, [attacker.address] * scene.dice.randint(1, 3), 2 ** scene.dice.uniform(2, 6))


@scenario("mqtt-malformed-botnet", "MQTT_MALFORMED", "the same from several machines outside")
def botnet(scene):
    bots = scene.bots(scene.dice.randint(3, 8))
    malformed(scene, scene.plan["botnet"], bots, 2 ** scene.dice.uniform(3, 6))


@scenario("mqtt-fuzz", "MQTT_MALFORMED", "good packets with bytes changed, dropped and doubled")
def fuzz(scene):
    attacker, broker = talk.either(scene), scene.host("broker")
    rate, harm = 2 ** scene.dice.uniform(3, 6), scene.dice.uniform(0.01, 0.2)

    def spoil(stream, dice):
        kept = bytearray()
        for byte in stream:
            if dice.random() >= harm:
                kept.append(byte)
            else:
                kept += dice.choice((b"", bytes([byte, byte]), dice.randbytes(1), bytes([byte ^ 128])))
        return bytes(kept or b"\0")

    def work(source, dice):
        for _ in talk.beats(scene, dice, rate):
            stream = mqtt.connect(client_id(dice), **stolen(scene.plan)) + mqtt.subscribe([topic(dice)])
            stream += mqtt.publish(topic(dice), dice.randbytes(dice.randint(1, 400)), 1,
                                   dice.randint(1, 9999))
            with (contextlib.suppress(OSError),
                  talk.conversation(source, broker.address, PORT, dice, 0.3) as connection):
                connection.sendall(spoil(stream, dice))
                connection.recv(512)
    with talk.blamed(scene, [attacker.address], broker.address, PORT):
        talk.crew(scene, attacker, [attacker.address], work)
