"""More sessions than the broker can take: storms of CONNECT, wills, subscriptions, and sessions that stay."""
import contextlib, time

from . import mqtt_packets as mqtt, scenario, talk
from .mqtt import PORT, client_id, open_session, speaking, stolen, topic


def storm(scene, host, sources, rate, then=lambda connection, dice: None, will=lambda dice: None):
    """A connection for every CONNECT, at `rate` (1/s) of all sources; `then` is done in each, some stay."""
    broker, stay = scene.host("broker"), scene.dice.choice((0, 0, 1, 5, 40))
    version = scene.dice.choice((3, 4, 4, 5))

    def work(source, dice):
        with talk.Held(stay) as held:
            for _ in talk.beats(scene, dice, rate / len(sources)):
                with contextlib.suppress(OSError):
                    connection = held.keep(source, broker.address, PORT, dice)
                    open_session(connection, dice, version, clean=dice.random() < 0.7, will=will(dice),
                                 **stolen(scene.plan))
                    then(connection, dice)
    with talk.blamed(scene, sources, broker.address, PORT):
        talk.crew(scene, host, sources, work)


def _leave(connection, dice):
    if dice.random() < 0.3:
        connection.sendall(mqtt.packet(mqtt.DISCONNECT))


@scenario("mqtt-connect-storm", "MQTT_FLOOD", "a connection and a CONNECT each, from one machine")
def connect_storm(scene):
    attacker = talk.either(scene)
    storm(scene, attacker, [attacker.address] * scene.dice.randint(1, 6), scene.dice.randint(40, 200), _leave)


@scenario("mqtt-connect-storm-botnet", "MQTT_FLOOD", "the same from several machines outside")
def connect_storm_botnet(scene):
    storm(scene, scene.plan["botnet"], scene.bots(scene.dice.randint(5, 12)), scene.dice.randint(60, 200),
          _leave)


@scenario("mqtt-will-storm", "MQTT_FLOOD", "sessions that break off at once and leave a large will")
def will_storm(scene):
    most = 2 ** scene.dice.uniform(8, 13)
    storm(scene, scene.plan["botnet"], scene.bots(scene.dice.randint(1, 6)), scene.dice.randint(30, 120),
          will=lambda dice: (topic(dice), dice.randbytes(int(dice.uniform(0.3, 1) * most))))


@scenario("mqtt-subscribe-storm", "MQTT_FLOOD",
          "sessions that ask for every retained message, again and again")
def subscribe_storm(scene):
    attacker = talk.either(scene)

    def everything(connection, dice):
        filters = dice.sample(["#", "$SYS/#", "+/#", "/#", "+/+/#", *talk.words(dice, 20)],
                              dice.randint(1, 12))
        connection.sendall(mqtt.subscribe(filters, dice.randrange(3), dice.randint(1, 65535)))
        time.sleep(dice.uniform(0.005, 0.05))
        talk.drain(connection)
    storm(scene, attacker, [attacker.address] * scene.dice.randint(1, 5), scene.dice.randint(30, 120),
          everything)


@scenario("mqtt-slow-sessions", "MQTT_FLOOD",
          "SlowITe: sessions with a long keep-alive that say nothing more")
def slow_sessions(scene):
    attacker, broker, dice = scene.outsider(), scene.host("broker"), scene.dice
    keepalive, rate = dice.choice((0, 600, 3600, 18000, 65535)), dice.randint(30, 120)
    waits = dice.random() < 0.7

    def work(source, dice):
        with talk.Held(10_000) as held:
            for _ in talk.beats(scene, dice, rate):
                with contextlib.suppress(OSError):
                    connection = held.keep(source, broker.address, PORT, dice)
                    connection.sendall(mqtt.connect(client_id(dice), keepalive, clean=dice.random() < 0.5,
                                                    **stolen(scene.plan)))
                    if waits:
                        connection.recv(64)
            for _, connection in list(held.kept)[::dice.randint(2, 9)]:
                with contextlib.suppress(OSError):
                    connection.sendall(mqtt.packet(mqtt.PINGREQ))
            scene.wait(dice.uniform(1, 3))
    with talk.blamed(scene, [attacker.address], broker.address, PORT):
        talk.crew(scene, attacker, [attacker.address], work)


@scenario("mqtt-half-open-qos2", "MQTT_FLOOD",
          "messages of QoS 2 that are never released, and queues that fill")
def half_open(scene):
    attacker, broker = talk.either(scene), scene.host("broker")
    size, rate = int(2 ** scene.dice.uniform(3, 11)), scene.dice.randint(150, 600)
    sources = [attacker.address] * scene.dice.randint(2, 12)

    def work(source, dice):
        where, each, beats = topic(dice), dice.randint(15, 90), talk.beats(scene, dice, rate / len(sources))

        def speak(connection):
            for number, _ in zip(range(1, each), beats):
                connection.sendall(mqtt.publish(where, dice.randbytes(dice.randint(1, size)), 2, number))
                talk.drain(connection)
        speaking(scene, source, broker, dice, beats, speak, clean=False)
    with talk.blamed(scene, sources, broker.address, PORT):
        talk.crew(scene, attacker, sources, work)
