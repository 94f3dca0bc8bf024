"""Who speaks to the broker from outside: monitors at patients' homes, and doctors' telephones."""
import contextlib, json, socket

from . import habit
from .mqtt import Device, encoder, every, topic
from .services import ends, reset
from .waves import Heart


def _wishes(actor):
    """What it subscribes to: commands to it, and for a doctor's telephone the ward's alarms and vital signs."""
    dice, monitor = actor.dice, actor.plan.having("ecg")[0]
    wishes = [(topic(actor.plan, actor.host, "command"), dice.choice((0, 1)))]
    if dice.random() < 0.5:
        wishes += [(topic(actor.plan, monitor, kind).replace(monitor.name, "+"), dice.choice((0, 1)))
                   for kind in ("alarm", "vitals")]
    return wishes


def _lose(client, rude):
    """The link goes: the client finds its connection ended and makes another."""
    with contextlib.suppress(OSError, AttributeError):  # it may be gone already
        if rude:
            reset(client.socket())
        client.socket().shutdown(socket.SHUT_RDWR)


@habit
def home(actor):
    """Sends what it measures through the internet: numbers or curves; after a time without a network all that was
    stored at once, up to some hundreds of messages; comes back from another address."""
    dice, device, encode = actor.dice, Device(actor), encoder(actor.dice)
    heart, curves = Heart(dice, 100), dice.random() < 0.4
    mean, lost, wishes = dice.choice((0.5, 1, 3, 8)), dice.choice((0.002, 0.01, 0.06)), _wishes(actor)
    where = topic(actor.plan, actor.host, dice.choice(("vitals", "home", "wave")))

    def sample(number):
        if curves:
            return encode(heart.samples(int(100 * min(1, mean))), number)
        return json.dumps({"hr": round(heart.beats), "spo2": dice.randint(88, 100), "n": number})
    while True:
        device.source, device.server = ends(actor, "broker")
        with device.connected(wishes) as client:
            if dice.random() < 0.25:
                actor.wait(dice.uniform(0.2, 1))
                for number in range(dice.randint(50, 400)):
                    client.publish(where, sample(number), qos=device.qos)
            for number in every(actor, mean, dice.uniform(4, 150)):
                client.publish(where, sample(number), qos=device.qos)
                if dice.random() < lost:
                    _lose(client, dice.random() < 0.5)
        actor.pause(dice.choice((0.5, 3, 15)))
