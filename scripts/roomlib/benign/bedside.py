"""Devices at the bedside, and the station that looks at them; all by MQTT."""
import json, time

from . import habit
from .mqtt import Device, base, encoder, every, topic
from .waves import Heart, Lungs


def _alarm(client, actor, kind, qos):
    """An alarm, repeated until somebody seems to have heard it."""
    number = actor.dice.randint(1, 9999)
    words = json.dumps({"alarm": kind, "id": number, "priority": actor.dice.choice(("low", "medium", "high")),
                        "at": round(time.time(), 1)})
    for _ in range(actor.dice.randint(1, 12)):
        client.publish(topic(actor.plan, actor.host, "alarm"), words, qos=qos)
        actor.wait(actor.dice.uniform(0.05, 1.2))


@habit
def ecg(actor):
    """A monitor: an electrocardiogram of one to three leads, and heart rate and oxygen as numbers."""
    dice, device, encode = actor.dice, Device(actor), encoder(actor.dice)
    rate = dice.choice((100, 125, 200, 250, 360, 500))
    seconds = dice.choice((0.2, 0.25, 0.4, 0.5, 1.0, 1.0, 2.0))
    hearts = [Heart(dice, rate) for _ in range(dice.choice((1, 1, 2, 3)))]
    together, numbers_every = seconds < 0.4 or dice.random() < 0.5, dice.randint(1, 5)
    where = [topic(actor.plan, actor.host, f"{dice.choice(('ecg', 'wave', 'w'))}{lead}")
             for lead in range(len(hearts))]
    while True:
        with device.connected() as client:
            for number in every(actor, seconds, device.session()):
                leads = [heart.samples(int(rate * seconds)) for heart in hearts]
                if together:
                    leads = [[value for lead in leads for value in lead]]
                for place, lead in zip(where, leads):
                    client.publish(place, encode(lead, number), qos=device.qos)
                if int(number * seconds) % numbers_every == 0 and number * seconds % 1 < seconds:
                    client.publish(topic(actor.plan, actor.host, "vitals"), json.dumps(
                        {"hr": round(hearts[0].beats), "spo2": dice.randint(91, 100),
                         "rr": dice.randint(10, 25)}), qos=0)
                if dice.random() < 0.01 * seconds:
                    hearts[0].beats = dice.uniform(40, 160)
                    _alarm(client, actor, "heart rate", max(1, device.qos))
                if dice.random() < 0.005 * seconds:
                    actor.pause(8)  # an electrode is off: only keepalives meanwhile
                    for missed in range(dice.choice((0, 20, 150))):
                        client.publish(where[0], encode(hearts[0].samples(20), missed), qos=device.qos)
        actor.pause(2)


@habit
def pump(actor):
    """An infusion pump: its state every few seconds, steps of an infusion, alarms."""
    dice, device = actor.dice, Device(actor)
    mean, rate = dice.choice((1, 2, 5, 10)), dice.uniform(0.5, 120)
    drug = dice.choice(("KCl", "NaCl 0.9 %", "Propofol", "Insulin"))
    padding = "x" * dice.choice((0, 0, 20, 300, 900))
    while True:
        with device.connected([(topic(actor.plan, actor.host, "command"), 1)]) as client:
            given = 0.0
            for number in every(actor, mean * dice.uniform(0.7, 1.3), device.session()):
                given += rate * mean / 3600
                client.publish(topic(actor.plan, actor.host, "infusion"), json.dumps(
                    {"ml": round(given, 3), "rate": round(rate, 1), "drug": drug, "n": number,
                     "log": padding}), qos=device.qos)
                if dice.random() < 0.03:
                    for step in ("pause", "bolus", "resume")[:dice.randint(1, 3)]:
                        client.publish(topic(actor.plan, actor.host, "event"),
                                       json.dumps({"step": step, "ml": round(given, 3)}), qos=1)
                        actor.pause(0.6)
                if dice.random() < 0.02:
                    _alarm(client, actor, dice.choice(("air in line", "occlusion", "near end", "battery")), 2)
        actor.pause(3)


@habit
def ventilator(actor):
    """A ventilator: pressure and flow curves, and settings now and then."""
    dice, device, encode = actor.dice, Device(actor), encoder(actor.dice)
    rate, seconds = dice.choice((10, 25, 50, 62.5, 100)), dice.choice((0.2, 0.32, 0.5, 1.0, 2.0))
    lungs = Lungs(dice, rate)
    where = topic(actor.plan, actor.host, dice.choice(("pressure-flow", "curves", "pf")))
    while True:
        with device.connected([(topic(actor.plan, actor.host, "command"), 1)]) as client:
            for number in every(actor, seconds, device.session()):
                client.publish(where, encode(lungs.samples(max(1, int(rate * seconds))), number),
                               qos=device.qos)
                if dice.random() < 0.02 * seconds:
                    client.publish(topic(actor.plan, actor.host, "settings"), json.dumps(
                        {"peep": round(lungs.floor, 1), "pip": round(lungs.peak, 1),
                         "note": "x" * dice.randint(0, 2000)}), qos=1, retain=True)
                if dice.random() < 0.008 * seconds:
                    _alarm(client, actor, dice.choice(("apnoea", "pressure high", "disconnection")),
                           max(1, device.qos))
        actor.pause(2)


def _wishes(actor):
    """What a station subscribes to: everything of the ward, kinds of messages, or single beds."""
    dice, plan = actor.dice, actor.plan
    devices = [host for role in ("ecg", "pump", "ventilator") for host in plan.having(role)]
    kind = dice.choice(("all", "kinds", "beds", "alarms"))
    if kind == "all":
        return [(f"{base(plan)}/#", 0)]
    if kind == "beds":
        beds = dice.sample(devices, dice.randint(1, len(devices)))
        return [(topic(plan, host, "+"), dice.choice((0, 1, 2))) for host in beds]
    kinds = ("alarm", "vitals", "infusion", "status", "event") if kind == "kinds" else ("alarm", "status")
    return [(topic(plan, devices[0], name).replace(devices[0].name, "+"), dice.choice((0, 1, 2)))
            for name in kinds]


@habit
def viewer(actor):
    """A nurse's station: subscribes, acknowledges alarms, sends a pump a new rate, looks at other beds."""
    dice, device = actor.dice, Device(actor)
    pumps = actor.plan.having("pump")

    def hear(client, message):
        if "alarm" in message.topic and "ack" not in message.topic and dice.random() < 0.4:
            client.publish(f"{message.topic}/ack",
                           json.dumps({"by": actor.host.name, "size": len(message.payload)}), qos=1)

    while True:
        with device.connected(_wishes(actor), hear) as client:
            for _ in every(actor, dice.uniform(5, 20), dice.uniform(20, 300)):
                if dice.random() < 0.3:
                    client.publish(topic(actor.plan, dice.choice(pumps), "command"),
                                   json.dumps({"rate": round(dice.uniform(1, 99), 1), "by": actor.host.name}),
                                   qos=dice.choice((1, 2)))
                if dice.random() < 0.02:
                    client.publish(topic(actor.plan, dice.choice(pumps), "command"),
                                   dice.randbytes(dice.randint(5_000, 150_000)), qos=1)
        actor.pause(1.5)


@habit
def sensor(actor):
    """A battery's life matters to it: connects, sends a number or two, leaves, and sleeps."""
    dice, device = actor.dice, Device(actor, silent=True)
    mean, kind = dice.choice((2, 5, 12, 30)), dice.choice(("temperature", "humidity", "door", "battery"))
    while True:
        with device.connected() as client:
            for _ in range(dice.choice((1, 1, 2, 5))):
                client.publish(topic(actor.plan, actor.host, kind),
                    dice.choice((f"{dice.uniform(18, 25):.1f}", json.dumps(
                    {"value": dice.uniform(18, 25), "rssi": -dice.randint(30, 90)}))),
                               qos=device.qos).wait_for_publish(5)
        actor.pause(mean)
