"""HL7 version 2 over MLLP (HL7 transport specification: 0B message 1C 0D)."""
import base64, time

from . import habit, server
from .services import Service, reach

PORT = 2575
BEGIN, END = b"\x0b", b"\x1c\r"


def _receive(line):
    """The next message, or None when the other end has closed."""
    heard = b""
    while not heard.endswith(END):
        part = line.recv(65536)
        if not part:
            return None
        heard += part
    return heard[1:-2]


def _head(dice, kind, sender):
    now, version = time.strftime("%Y%m%d%H%M%S"), dice.choice(("2.3", "2.5", "2.5.1"))
    return f"MSH|^~\\&|{sender}|ICU|HIS|HOSP|{now}||{kind}|{dice.randint(1, 10**8)}|P|{version}\r"


def _person(dice):
    name = dice.choice(("OBrien^Sean", "Li^Mei", "Müller^Jörg", "Smith^Ann"))
    return (f"PID|1||{dice.randint(1000, 9_999_999)}^^^HOSP^MR||{name}||19{dice.randint(30, 99)}0101"
            f"|{dice.choice('MF')}|||{dice.randint(1, 99)} Main St^^Town\r")


@server
def messages(actor):
    """Receives HL7 messages and acknowledges each."""
    def talk(line):
        while (message := _receive(line)) is not None:
            number = message.split(b"|")[9:10]
            time.sleep(actor.dice.uniform(0.001, 0.05))
            head = _head(actor.dice, "ACK", "HIS").encode("latin-1")
            line.sendall(BEGIN + head + b"MSA|AA|" + b"".join(number) + b"\r" + END)
    with Service(actor, PORT, talk):
        actor.wait(1e6)


def _send(actor, compose):
    """Sends messages for ever; the connection is kept, or made anew each time, by seed."""
    dice, keeps = actor.dice, actor.dice.random() < 0.6
    mean = dice.choice((2, 5, 10, 20))
    while True:
        with reach(actor, "records", PORT) as line:
            for _ in range(dice.randint(3, 40) if keeps else 1):
                for _ in range(dice.choice((1, 1, 1, 2, 5))):
                    line.sendall(BEGIN + compose().encode("latin-1") + END)
                    if _receive(line) is None:
                        raise ConnectionError("the receiver of messages closed")
                if keeps:
                    actor.pause(mean)
        actor.pause(mean)


@habit
def results(actor):
    """A monitor that reports what it measured (ORU^R01), now and then with a picture of the curve."""
    dice, most = actor.dice, actor.dice.choice((4, 12, 60))

    def compose():
        names = ("HR^bpm", "SpO2^%", "RR^/min", "NIBP-S^mmHg", "NIBP-D^mmHg", "Temp^C")
        lines = "".join(f"OBX|{n}|NM|{dice.randint(1000, 9999)}-{n}^{dice.choice(names)}"
                        f"||{dice.randint(30, 180)}|||N|||F\r"
                        for n in range(1, dice.randint(2, most)))
        if dice.random() < 0.08:
            picture = base64.b64encode(dice.randbytes(dice.randint(2_000, 80_000))).decode()
            lines += f"OBX|99|ED|11502-2^ECG||^IM^PDF^Base64^{picture}||||||F\r"
        head = _head(dice, "ORU^R01", actor.host.name) + _person(dice)
        return f"{head}OBR|1|||{dice.randint(1, 9999)}^VITALS\r{lines}"
    _send(actor, compose)


@habit
def admissions(actor):
    """A station that admits, moves and discharges (ADT), and orders (ORM^O01)."""
    dice = actor.dice

    def compose():
        kind = dice.choice(("ADT^A01", "ADT^A02", "ADT^A03", "ADT^A08", "ORM^O01"))
        rest = "".join(f"NTE|{n}||{'note ' * dice.randint(1, 60)}\r"
                       for n in range(1, dice.choice((1, 1, 2, 6))))
        head = _head(dice, kind, actor.host.name) + _person(dice)
        return f"{head}PV1|1|I|{dice.choice('ABC')}^{dice.randint(1, 40)}\r{rest}"
    _send(actor, compose)
