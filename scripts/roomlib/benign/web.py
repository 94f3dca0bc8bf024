"""People, phones and programs at the web sites of the room."""
import json, urllib.parse

from . import habit
from .accounts import account, mistyped
from .http_client import AGENTS, PROGRAMS, WORDS, Client


def _login(actor, client):
    """Logs in; now and then it takes a person two or three times."""
    user, password = account(actor.plan, "portal")
    tries = [mistyped(actor.dice, password)
             for _ in range(actor.dice.choice((0, 0, 0, 1, 1, 2)))] + [password]
    client.ask("/login")
    for number, attempt in enumerate(tries):
        client.ask("/login", "POST", urllib.parse.urlencode({"user": user, "password": attempt}),
                   {"Content-Type": "application/x-www-form-urlencoded"})
        if number + 1 < len(tries):
            actor.pause(2.5)


def _word(dice):
    word = dice.choice(WORDS)
    return urllib.parse.quote_plus(word if dice.random() < 0.8
                                   else " ".join(dice.choices(WORDS, k=dice.randint(4, 60))))


def _post(actor, client):
    """An observation in JSON, with words in it that a database would know, too."""
    dice = actor.dice
    note = dice.choice(("patient will select diet; drop IV at 6; insert new line", "update: 1=1 ratio OK",
                        "it's fine -- see chart",
                        "' or so they say", "x" * dice.randint(10, 60_000)))
    client.ask("/api/observations", "POST",
               json.dumps({"bed": dice.randint(1, 40), "note": note,
                           "values": [dice.random() for _ in range(dice.randint(1, 200))]}),
               {"Content-Type": "application/json"})


def _patient(actor, client):
    for _ in range(actor.dice.randint(1, 8)):
        client.ask(f"/patients/{actor.dice.randint(1, 80)}")
        actor.pause(0.4)


def _program(actor, client):
    """What a script in a page asks for."""
    for _ in range(actor.dice.randint(1, 15)):
        client.ask(actor.dice.choice(("/api/vitals", f"/api/patients?name={_word(actor.dice)}")))
        actor.pause(0.5)


def _dashboard(actor, client):
    for _ in range(actor.dice.randint(30, 120)):
        client.ask("/api/vitals")
        actor.wait(actor.dice.uniform(0.02, 0.2))


def _crawl(actor, client):
    dice = actor.dice
    for number in range(dice.randint(10, 60)):
        client.ask(dice.choice((f"/page{number}", f"/patients/{number}", f"/archive/20{number:02}/", "/")))
        actor.wait(dice.uniform(0, 0.3))


def _download(actor, client):
    dice = actor.dice
    client.ask(f"/download/{dice.randint(100_000, 1_500_000)}?rate={dice.randint(40_000, 300_000)}",
               pace=dice.choice((None, None, 30_000, 80_000)), keep=False)


def _note(actor, client):
    words = actor.dice.choice(WORDS) * actor.dice.randint(1, 20)
    client.ask("/notes", "POST", urllib.parse.urlencode({"text": words}))
    client.page("/notes")


def _storm(actor, client):
    """Thirty connections at once."""
    client.side_by_side([lambda number=number: client.ask(f"/patients/{number}", keep=False)
                         for number in range(actor.dice.randint(20, 40))], 30)


def _one(path):
    """Asks for one thing; `path` makes its path of a die."""
    return lambda actor, client: client.ask(path(actor.dice))


def _page(path):
    """Looks at a page and all in it."""
    return lambda actor, client: client.page(path(actor.dice))


def _filters(dice):
    return urllib.parse.urlencode([(f"filter[{n}]", dice.choice(WORDS)) for n in range(dice.randint(10, 90))])


MISSING = ("/favicon.ico", "/robots.txt", "/old/page.html", "/.well-known/security.txt", "/index.php",
           "/wp-json")
FILES = ("leaflet.txt", "menu.txt", "report.pdf", "menu%202.txt")
# What people do at the records' site, and how often.
ACTS = (
    (6, _page(lambda dice: "/")),
    (4, _page(lambda dice: f"/search?q={_word(dice)}")),
    (6, _page(lambda dice: f"/patients?name={_word(dice)}&limit={dice.choice((10, 20, 50))}")),
    (6, _patient), (2, _login), (4, _post), (5, _program), (1, _note), (0.7, _download), (0.6, _storm),
    (0.4, _dashboard), (0.3, _crawl),
    (2, _one(lambda dice: dice.choice(MISSING))),
    (2, _one(lambda dice: f"/files?name={dice.choice(FILES)}")),
    (2, _one(lambda dice: f"/static/scan{dice.randint(0, 3)}.png")),
    (1, _one(lambda dice: "/search?" + _filters(dice))),
    (1, lambda actor, client: client.go_away("/download/2000000?rate=300000")),
)


def _act(actor, client):
    """One thing that somebody does at the records' site."""
    actor.dice.choices([act for _, act in ACTS], [often for often, _ in ACTS])[0](actor, client)


def _records(actor, source="", host=None):
    """A client of the records' site, by one of its addresses and ports."""
    records = actor.plan["records"]
    address = records.address6 if not source and actor.dice.random() < 0.2 else records.address
    return Client(actor.dice, address, actor.dice.choice((80, 80, 8080)), source,
                  host or actor.dice.choice((records.address, "records.ward.example")))


def _elsewhere(actor, source=""):
    """A client of a site of the internet."""
    cloud, tls = actor.plan["cloud"], actor.dice.random() < 0.75
    return Client(actor.dice, actor.dice.choice((cloud.address, *cloud.others)), 443 if tls else 80, source,
                  actor.dice.choice(("www.news.example", "www.insurance.example", "cdn.images.example")), tls)


@habit
def browser(actor):
    """Somebody at a browser: pages of the records and of the internet, pauses to read in between."""
    mean = actor.dice.uniform(3, 15)
    while True:
        here = actor.dice.random() < 0.7
        client = _records(actor) if here else _elsewhere(actor)
        try:
            for _ in range(actor.dice.randint(1, 12)):
                if here:
                    _act(actor, client)
                else:
                    kind = actor.dice.choice(("news", "article", "shop"))
                    client.page(f"/{kind}/{actor.dice.randint(1, 999)}")
                actor.pause(mean)
        finally:
            client.leave()
        actor.pause(mean * 2)


def _crowd(actor, addresses):
    """All at once: visiting hours were in the news."""
    visits = [_records(actor, source, "www.clinic.example") for source in addresses]
    Client.side_by_side([lambda client=client: client.page("/", 2) for client in visits], len(visits))
    for client in visits:
        client.leave()


@habit
def patients(actor):
    """Patients and relatives outside, at home behind many addresses, several at the same time."""
    addresses, mean = (actor.host.address, *actor.host.others), actor.dice.uniform(0.8, 5)
    while True:
        visits = [_records(actor, source, "www.clinic.example")
                  for source in actor.dice.sample(addresses, actor.dice.randint(1, min(5, len(addresses))))]
        try:
            for _ in range(actor.dice.randint(2, 25)):
                if actor.dice.random() < 0.01:
                    _crowd(actor, addresses)
                _act(actor, actor.dice.choice(visits))
                actor.pause(mean)
        finally:
            for client in visits:
                client.leave()


@habit
def health_checks(actor):
    """A monitoring program that looks at the web site every few seconds, each time anew."""
    mean = actor.dice.choice((2, 5, 10))
    path = actor.dice.choice(("/", "/api/vitals", "/login", "/static/css0.css"))
    client = Client(actor.dice, actor.address("records"), 80, agents=PROGRAMS)
    while True:
        client.ask(path, actor.dice.choice(("GET", "GET", "HEAD")), keep=False)
        if actor.dice.random() < 0.2:
            actor.run("curl", "-s", "-o", "/dev/null", "-m", 5, "-A", actor.dice.choice(AGENTS + PROGRAMS),
                      *(["--http1.0"] if actor.dice.random() < 0.3 else []),
                      f"http://{actor.address('records')}:8080{path}")
        actor.pause(mean)
