"""What an administrator's programs ask of everybody, and what everybody reports."""
import socket, struct, time

from . import habit, server, snmp
from .services import Service, connect, hear_datagrams

LOG_PORT, LOG_STREAM_PORT = 514, 601


def measuring_port(plan):
    """The UDP port that devices of this room send their measurements to."""
    return plan.dice("measuring").choice((24105, 3232, 5005, 9999, 47808, 8125))


def stream_port(plan):
    """The TCP port of the devices' own protocol."""
    return plan.dice("stream").choice((6000, 7777, 9001, 20000, 3001))


@server
def log_keeper(actor):
    """Takes log lines (RFC 5424) on UDP 514 and TCP 601, measurements by UDP, devices' streams."""
    def read_all(line):
        while line.recv(65536):
            pass

    def acknowledge(line):
        while head := line.recv(4, socket.MSG_WAITALL):
            length, = struct.unpack(">H", head[2:4])
            while length > 0 and (part := line.recv(length)):
                length -= len(part)
            line.sendall(head[:2] + b"\x06")
    with Service(actor, LOG_STREAM_PORT, read_all), Service(actor, stream_port(actor.plan), acknowledge):
        hear_datagrams(actor, (LOG_PORT, measuring_port(actor.plan)))


def _log_line(actor):
    dice = actor.dice
    words = dice.choice(("Accepted publickey for anna", "temperature 41 C", "link up",
                         "cron[312]: (root) CMD (run-parts)",
                         "DROP IN=eth0 OUT= SRC=10.0.0.7", "battery 98 %",
                         "select failed: Interrupted system call"))
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    program = f"{dice.choice(('sshd', 'kernel', 'cron', 'device'))} {dice.randint(1, 9999)}"
    more = " ." * dice.choice((0, 0, 3, 90, 400))
    priority = dice.choice((13, 30, 38, 78, 134))
    return f"<{priority}>1 {now} {actor.host.name} {program} - - {words}{more}".encode()


@habit
def syslog(actor):
    """Sends log lines: single ones and bursts, by UDP or, framed as in RFC 6587, by TCP."""
    dice, mean = actor.dice, actor.dice.choice((1, 4, 10))
    if dice.random() < 0.6:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.bind((actor.host.address, dice.choice((0, LOG_PORT))))
            while True:
                for _ in range(dice.choice((1, 1, 1, 3, 40))):
                    line.sendto(_log_line(actor), (actor.address("services"), LOG_PORT))
                    actor.wait(dice.uniform(0, 0.05))
                actor.pause(mean)
    with connect(actor.plan["services"], LOG_STREAM_PORT, dice) as line:
        while True:
            words = _log_line(actor)
            line.sendall(f"{len(words)} ".encode() + words)
            actor.pause(mean)


@server
def agent(actor):
    """An SNMP agent on UDP port 161."""
    since = time.time() - actor.dice.randint(0, 10**6)
    name = f"{actor.host.role} model {actor.dice.randint(1, 99)}"
    hear_datagrams(actor, (161,), lambda data, whom, port: snmp.answer(data, name, since))


def _poll(actor, host, version):
    """Reads a few counters of a host, or walks through all."""
    dice = actor.dice
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.settimeout(1)
        line.connect((host.address, 161))
        try:
            if dice.random() < 0.8:
                wanted = dice.sample(snmp.OBJECTS, dice.randint(1, 8))
                line.send(snmp.request(snmp.GET, wanted, dice.getrandbits(30), version))
                line.recv(2048)
                return
            if version == 1 and dice.random() < 0.5:
                line.send(snmp.request(snmp.GET_BULK, [snmp.INTERFACES], dice.getrandbits(30), version,
                                       most=dice.randint(5, 25)))
                line.recv(8192)
                return
            here = snmp.SYSTEM
            for _ in range(dice.randint(5, 30)):
                line.send(snmp.request(snmp.GET_NEXT, [here], dice.getrandbits(30), version))
                here = snmp.asked(line.recv(2048))[4][0]
        except (TimeoutError, ConnectionRefusedError):
            return


def _ping(actor, host):
    """Pings: single ones; ten a second for some seconds; as fast as a link is tested; large, in fragments; or to
    find the path's MTU. What they carry is a pattern of its own now and then."""
    dice = actor.dice
    kind = dice.choices(("one", "burst", "fast", "large", "mtu"), (12, 0.7, 0.4, 1, 1))[0]
    address = host.address6 if dice.random() < 0.2 else host.address
    options = {"one": ["-c", 1, "-s", dice.choice((56, 32, 24, 64, 120))],
               "burst": ["-c", dice.randint(20, 80), "-i", 0.1],
               "fast": ["-c", dice.randint(50, 300), "-i", round(dice.uniform(0.004, 0.03), 3),
                        "-s", dice.choice((56, 400, 1000, 1400))],
               "large": ["-c", dice.randint(1, 4), "-s", dice.choice((1472, 2000, 4000, 8000)), "-i", 0.5],
               "mtu": ["-c", 2, "-M", "do", "-s", dice.choice((1272, 1372, 1472, 1800)), "-i", 0.3]}[kind]
    pattern = ["-p", dice.randbytes(dice.randint(1, 16)).hex()] if dice.random() < 0.4 else []
    actor.run("ping", "-n", "-q", "-W", 1, *options, *pattern, address, seconds=15)


def _trace(actor, address):
    """Looks for the way to an address: datagrams to high ports that may go one router further each."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        for step in range(actor.dice.randint(3, 12)):
            line.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, step // 3 + 1)
            line.sendto(bytes(actor.dice.choice((18, 32))), (address, 33434 + step))
            actor.wait(actor.dice.uniform(0.01, 0.3))


def _look_in(actor):
    """Whether a port of a server answers; it is closed at once or after the greeting."""
    with connect(actor.plan["records"], actor.dice.choice((22, 21, 80, 2575)), actor.dice) as line:
        if actor.dice.random() < 0.5:
            line.settimeout(0.5)
            try:
                line.recv(200)
            except TimeoutError:
                pass


@habit
def monitoring(actor):
    """Pings everybody in turn, reads counters by SNMP, looks in at the servers' ports."""
    dice, mean, version = actor.dice, actor.dice.uniform(0.5, 2), actor.dice.randint(0, 1)
    near = [host for host in actor.plan.hosts if host.inside and host.name != actor.host.name
            and host.role != "visitor"]
    agents = [host for host in near if "agent" in host.habits]
    while True:
        for host in dice.sample(near, len(near)):
            act = dice.random()
            if act < 0.4:
                _ping(actor, host)
            elif act < 0.85:
                _poll(actor, dice.choice(near if dice.random() < 0.1 else agents), version)
            elif act < 0.96:
                _look_in(actor)
            else:
                _trace(actor, dice.choice((host.address, actor.address("cloud"))))
            actor.pause(mean)


@habit
def inventory(actor):
    """A survey of what runs here, on purpose and allowed: a dozen ports of a few hosts, one after another."""
    dice = actor.dice
    near = [host for host in actor.plan.hosts if host.inside and host.role != "visitor"]
    while True:
        actor.pause(45)
        ports = dice.sample((21, 22, 23, 80, 104, 443, 445, 515, 631, 1883, 2575, 3389, 8080, 8443, 9100,
                             11112), dice.randint(3, 9))
        for host in dice.sample(near, dice.randint(2, 4)):
            for port in ports:
                try:
                    with connect(host, port, dice, 1) as line:
                        line.settimeout(0.3)
                        line.recv(100)
                except OSError:
                    pass
                actor.wait(dice.uniform(0.05, 1.2))
