"""More requests than the records' web server can take, and requests that never end."""
import contextlib

from . import requests, scenario, talk

PORTS = 80, 80, 8080


def page(scene):
    """A function that makes requests for one page, several, or pages nobody has, as this flood does."""
    style, agent = scene.dice.randrange(4), scene.dice.choice((None, scene.dice.choice(requests.AGENTS)))
    one = scene.dice.choice(("/", "/search?q=a", "/patients?name=a", "/login", "/notes", "/files"))

    def make(dice, address):
        word = talk.words(dice, 1)[0]
        target = (one, f"{one}{'&' if '?' in one else '?'}{word}={dice.randrange(10 ** 6)}", f"/{word}",
                  dice.choice(("/", "/notes", "/api/vitals", f"/search?q={word}",
                               f"/patients?name={word[:2]}")))[style]
        return requests.request(dice, dice.choice(("GET", "GET", "GET", "HEAD")) if style == 2 else "GET",
                                target,
                                address, agent=agent)
    return make


def post(scene):
    """The same for POST, with bodies of one order of magnitude."""
    most = 2 ** scene.dice.uniform(4, 13)
    target = scene.dice.choice(("/notes", "/api/vitals", "/login", "/upload"))

    def make(dice, address):
        body = "".join(dice.choices("abcdefgh ", k=int(dice.uniform(0.3, 1) * most))).replace(" ", "+")
        headers, body = requests.form([("text", body)])
        if target.startswith("/api"):
            headers, body = (("Content-Type", "application/json"),), f'{{"x":"{body}"}}'
        return requests.request(dice, "POST", target, address, headers, body)
    return make


@scenario("http-flood", "HTTP_FLOOD", "a connection for every request, from one machine")
def connections(scene):
    attacker = talk.either(scene)
    requests.visits(scene, attacker, [attacker.address] * scene.dice.randint(1, 8), scene.dice.choice(PORTS),
                    page(scene),
                    scene.dice.randint(40, 150))


@scenario("http-flood-kept", "HTTP_FLOOD", "request after request over connections that stay")
def kept(scene):
    attacker, victim = talk.either(scene), scene.host("records")
    port, make, rate = scene.dice.choice(PORTS), page(scene), scene.dice.randint(100, 300)
    ahead = scene.dice.choice((1, 1, 1, 3, 10))
    sources = [attacker.address] * scene.dice.randint(1, 12)

    def work(source, dice):
        beats = talk.beats(scene, dice, rate / len(sources) / ahead)
        for _ in beats:
            with (contextlib.suppress(OSError),
                  talk.conversation(source, victim.address, port, dice) as connection,
                  connection.makefile("rb") as stream):
                answers = requests.Answers(stream)
                for _ in beats:
                    # No HEAD here: with requests sent ahead, each answer must have a body to count by.
                    batch = [make(dice, victim.address).replace(b"HEAD ", b"GET ", 1) for _ in range(ahead)]
                    connection.sendall(b"".join(batch))
                    for _ in batch:
                        requests.answer(answers)
    with talk.blamed(scene, sources, victim.address, port, tail=3):
        talk.crew(scene, attacker, sources, work)


@scenario("http-flood-post", "HTTP_FLOOD", "POST after POST from one machine")
def posts(scene):
    attacker = talk.either(scene)
    requests.visits(scene, attacker, [attacker.address] * scene.dice.randint(1, 6), scene.dice.choice(PORTS),
                    post(scene),
                    scene.dice.randint(20, 100), scene.dice.choice((1, 1, 5)))


@scenario("http-flood-botnet", "DDOS", "requests from dozens of machines")
def botnet(scene):
    bots = scene.bots(scene.dice.randint(24, 44))
    make = scene.dice.choice((page, page, post))(scene)
    requests.visits(scene, scene.plan["botnet"], bots, scene.dice.choice(PORTS), make,
                    scene.dice.randint(60, 150),
                    scene.dice.choice((1, 1, 3)))


@scenario("http-flood-curl", "HTTP_FLOOD", "curl with many transfers at once", ["curl"])
def curl(scene):
    attacker, victim, dice = talk.either(scene), scene.host("records"), scene.dice
    port, path = dice.choice(PORTS), dice.choice(("", "search", "patients", "notes", "api/vitals"))
    options = dice.choice((["--no-keepalive"], ["-H", "Connection: close"], []))
    options += ["-A", dice.choice(requests.AGENTS)]
    query = f"{talk.words(dice, 1)[0]}=[1-{dice.randint(200, 700)}]"
    with talk.blamed(scene, [attacker.address], victim.address, port, tail=6):
        scene.run(attacker, "curl", "-s", "-o", "/dev/null", "-Z", "--parallel-max", dice.randint(2, 30),
                  "-m", scene.seconds,
                  *options, f"http://{victim.address}:{port}/{path}?{query}",
                  seconds=scene.seconds + 2)


def slow(scene, *options):
    """Runs slowhttptest at the records."""
    attacker, victim, dice = talk.either(scene), scene.host("records"), scene.dice
    port = dice.choice(PORTS)
    with talk.blamed(scene, [attacker.address], victim.address, port, tail=6):
        scene.run(attacker, "slowhttptest", *options, "-c", dice.randint(50, 250), "-r",
                  dice.randint(20, 100),
                  "-l", round(1.5 * scene.seconds), "-p", 2, "-u", f"http://{victim.address}:{port}/",
                  seconds=1.5 * scene.seconds + 3)


@scenario("slow-headers", "HTTP_FLOOD", "slowhttptest: headers that never end (slowloris)", ["slowhttptest"])
def slow_headers(scene):
    slow(scene, "-H", "-i", scene.dice.randint(1, 3), "-x", scene.dice.randint(4, 64),
         "-t", scene.dice.choice(("GET", "HEAD", "PUT")))


@scenario("slow-body", "HTTP_FLOOD", "slowhttptest: bodies that never end", ["slowhttptest"])
def slow_body(scene):
    slow(scene, "-B", "-i", scene.dice.randint(1, 3), "-x", scene.dice.randint(4, 64), "-t", "POST",
         "-s", scene.dice.randint(1000, 90_000))


@scenario("slow-read", "HTTP_FLOOD", "slowhttptest: answers that are never taken", ["slowhttptest"])
def slow_read(scene):
    first = scene.dice.randint(1, 64)
    slow(scene, "-X", "-w", first, "-y", first + scene.dice.randint(1, 900), "-n", scene.dice.randint(1, 3),
         "-z", scene.dice.randint(1, 64), "-k", scene.dice.randint(1, 6))


@scenario("slowloris", "HTTP_FLOOD", "slowloris, a script: a header now and then on many connections")
def slowloris(scene):
    attacker, victim, port = talk.either(scene), scene.host("records"), scene.dice.choice(PORTS)
    count, rate = scene.dice.randint(40, 180), scene.dice.randint(20, 120)

    def work(source, dice):
        with talk.Held(count) as held:
            for _ in talk.beats(scene, dice, rate):
                if len(held.kept) < count:
                    with contextlib.suppress(OSError):
                        connection = held.keep(source, victim.address, port, dice)
                        connection.sendall(requests.request(dice, "GET", f"/?{dice.randrange(2000)}",
                                                            victim.address)[:-2])
                    continue
                _, connection = dice.choice(held.kept)
                with contextlib.suppress(OSError):
                    connection.sendall(f"X-{talk.words(dice, 1)[0]}: {dice.randrange(5000)}\r\n".encode())
    with talk.blamed(scene, [attacker.address], victim.address, port, tail=4):
        talk.crew(scene, attacker, [attacker.address], work)
