"""How the room's devices speak MQTT: topics, client ids, encodings and manners, by the seed."""
import base64, contextlib, json, struct, time

from paho.mqtt import client as paho

from .accounts import account
from .servers import broker_needs_password
from .services import ends


def base(plan):
    """The first levels of all topics of this room."""
    dice = plan.dice("topics")
    return dice.choice((f"hospital/ward{dice.randint(1, 9)}", "icu", f"v1/site{dice.randint(1, 99)}/devices",
                        "telemetry/raw",
                        f"clinic/{dice.choice('ABCD')}/floor{dice.randint(0, 7)}/room{dice.randint(1, 40)}"))


def topic(plan, host, kind):
    """The topic of one kind of message of one device."""
    order = plan.dice("topics", "order").random() < 0.5
    return "/".join((base(plan), kind, host.name) if order else (base(plan), host.name, kind))


def encoder(dice):
    """A function from numbers to a payload, as one maker writes them."""
    kind = dice.choice(("json", "json", "object", "base64", "binary", "binary", "floats", "text"))
    scale, order = dice.choice((100, 200, 1000)), dice.choice("<>")
    digits, name = dice.randint(1, 4), dice.choice(("v", "samples", "data", "values"))
    serial = dice.randint(10_000, 9_999_999)

    def encode(numbers, number=0):
        whole = [max(-32768, min(32767, int(value * scale))) for value in numbers]
        packed = struct.pack(f"{order}{len(whole)}h", *whole)
        if kind == "json":
            return json.dumps({"t": round(time.time(), 3), name: [round(value, digits) for value in numbers]})
        if kind == "object":
            return json.dumps({"device": serial, "seq": number, "unit": "mV", name: whole, "scale": scale},
                              indent=1)
        if kind == "base64":
            return json.dumps({"id": serial, "n": number, name: base64.b64encode(packed).decode()})
        if kind == "floats":
            return struct.pack(f"{order}I{len(numbers)}f", number & 0xFFFFFFFF, *numbers)
        if kind == "text":
            return f"{number};" + ";".join(f"{value:.{digits}f}" for value in numbers)
        return struct.pack(f"{order}IHH", serial, number & 0xFFFF, len(whole)) + packed
    return encode


class Device:
    """A client of the broker with manners of its own: version, QoS, keepalive, last will, id."""

    def __init__(self, actor, silent=False):
        dice = self.dice = actor.dice
        self.actor, self.qos = actor, dice.choice((0, 0, 0, 1, 1, 2))
        self.keepalive = dice.choice((5, 10, 15, 30, 60, 120))
        self.version = dice.choice((paho.MQTTv311, paho.MQTTv311, paho.MQTTv311, paho.MQTTv31, paho.MQTTv5))
        self.clean = dice.random() < 0.8 or self.version == paho.MQTTv5
        self.name = dice.choice((f"{actor.host.name}", f"{actor.host.role}-{dice.getrandbits(32):08x}",
                                 actor.host.mac.replace(":", ""),
                                 f"ESP32_{actor.host.mac[-8:].replace(':', '').upper()}",
                                 f"{dice.getrandbits(88):022x}"))[:23]
        self.state = None if silent else topic(actor.plan, actor.host, "status")
        self.source, self.server = ends(actor, "broker")

    @contextlib.contextmanager
    def connected(self, subscriptions=(), hear=None):
        """A client whose loop runs in a thread; it connects again by itself."""
        # One host may run several clients; a second one of the same name would throw the first one out.
        alone = self.actor.purpose == self.actor.host.role
        name = self.name if alone else f"{self.name[:21]}-{self.actor.purpose[0]}"
        client = paho.Client(name, clean_session=None if self.version == paho.MQTTv5 else self.clean,
                             protocol=self.version)
        if broker_needs_password(self.actor.plan):
            client.username_pw_set(*account(self.actor.plan, "broker"))
        if self.state:
            client.will_set(self.state, "offline", qos=min(1, self.qos), retain=True)
        client.reconnect_delay_set(1, 8)
        client.on_connect = lambda client, *_: [client.subscribe(*wish) for wish in subscriptions]
        if hear:
            client.on_message = lambda client, _, message: hear(client, message)
        client.connect(self.server, 1883, self.keepalive, self.source)
        client.loop_start()
        try:
            if self.state:
                client.publish(self.state, self.dice.choice(("online", "1", '{"state":"up"}')),
                               qos=min(1, self.qos), retain=True)
            yield client
            client.disconnect()
        finally:
            client.loop_stop()

    def session(self):
        """How long until this device reconnects of its own accord, in seconds; for most: never."""
        return self.dice.choice((float("inf"), float("inf"), self.dice.uniform(15, 200)))


def every(actor, seconds, until=float("inf")):
    """Counts up, one step in so many seconds on average, without drift but not to the millisecond."""
    due, number = time.monotonic(), 0
    end = due + until
    while due < end:
        due = max(due, time.monotonic() - seconds) + seconds
        yield number
        number += 1
        actor.wait(max(0, due - time.monotonic() + actor.dice.uniform(-0.1, 0.1) * min(seconds, 0.1)))
