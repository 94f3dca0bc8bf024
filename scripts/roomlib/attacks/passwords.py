"""Passwords guessed: at SSH, FTP, web forms, the broker and a camera's console."""
import base64, contextlib

from ..benign import accounts
from . import mqtt_packets as mqtt, scenario, talk

SSH, FTP, TELNET, MQTT = 22, 21, 23, 1883
# ncrack would save where it was, outside the room, if it were asked to end.
BRIEFLY = "timeout", "-s", "KILL", 8
OBVIOUS = ("root", "admin", "test", "guest", "oracle", "ubuntu", "pi", "nurse", "doctor", "service",
           "hospital")


def guesses(scene, count, service=None):
    """Users and passwords that this attacker tries; now and then the right ones are among them."""
    dice = scene.dice
    users = dice.sample(OBVIOUS + accounts.USERS, dice.randint(1, 6))
    passwords = [word + str(dice.randrange(10 ** dice.randrange(5)))
                 for word in talk.words(dice, count - 6, 2, 12)]
    passwords += dice.sample(accounts.PASSWORDS, 6)
    dice.shuffle(passwords)
    if service and dice.random() < 0.3:
        user, password = accounts.account(scene.plan, service)
        users.append(user)
        passwords[-1] = password
    return users, passwords


def lists(scene, *parameters):
    """The same, as two files; their paths."""
    return [scene.file(name, "\n".join(lines) + "\n")
            for name, lines in zip(("users", "passwords"), guesses(scene, *parameters))]


def tool(scene, port, words, source=None, seconds=1.6):
    """Runs a guessing program from one address against the records; restore files stay in the room."""
    attacker, victim = source or talk.either(scene), scene.host("records")
    words = [str(word).replace("TARGET", victim.address) for word in words]
    with scene.attack(attacker.address, victim.address, 6, port, tail=6):
        scene.run(attacker, "env", "-C", scene.room.folder, f"HOME={scene.room.folder}", *words,
                  seconds=seconds * scene.seconds)


def hydra(scene, service, port, *more):
    users, passwords = lists(scene, scene.dice.randint(30, 200),
                             {SSH: "shell", FTP: "file"}.get(port, "portal"))
    dice = scene.dice
    options = ["-u"] * dice.randrange(2) + ["-f"] * dice.randrange(2)
    options += dice.choice(([], ["-e", "ns"], ["-e", "nsr"]))
    tool(scene, port, ["hydra", "-I", "-q", "-L", users, "-P", passwords, "-t", dice.choice((1, 2, 4, 4, 8)),
                       "-s", port, *options, "TARGET", service, *more])


@scenario("ssh-hydra", "BRUTE_FORCE", "hydra at the records' SSH", ["hydra"])
def ssh_hydra(scene):
    hydra(scene, "ssh", SSH)


@scenario("ftp-hydra", "BRUTE_FORCE", "hydra at the records' FTP", ["hydra"])
def ftp_hydra(scene):
    hydra(scene, "ftp", FTP)


@scenario("form-hydra", "BRUTE_FORCE", "hydra at the web site's form", ["hydra"])
def form_hydra(scene):
    header = scene.dice.choice(("", "H=User-Agent\\: Mozilla/5.0 (X11; Linux x86_64):"))
    form = f"/login:user=^USER^&password=^PASS^:{header}F=Login failed"
    hydra(scene, "http-post-form", scene.dice.choice((80, 8080)), form)


@scenario("basic-hydra", "BRUTE_FORCE", "hydra at the web site's administration (RFC 7617)", ["hydra"])
def basic_hydra(scene):
    hydra(scene, "http-get", scene.dice.choice((80, 8080)), "/admin")


@scenario("ssh-medusa", "BRUTE_FORCE", "medusa at the records' SSH", ["medusa"])
def ssh_medusa(scene):
    users, passwords = lists(scene, scene.dice.randint(20, 100), "shell")
    tool(scene, SSH, ["medusa", "-h", "TARGET", "-U", users, "-P", passwords, "-M", "ssh",
                      "-t", scene.dice.randint(1, 5)])


@scenario("ftp-medusa", "BRUTE_FORCE", "medusa at the records' FTP", ["medusa"])
def ftp_medusa(scene):
    users, passwords = lists(scene, scene.dice.randint(20, 100), "file")
    tool(scene, FTP, ["medusa", "-h", "TARGET", "-U", users, "-P", passwords, "-M", "ftp", "-e", "ns",
                      "-t", scene.dice.randint(1, 8)])


@scenario("ftp-ncrack", "BRUTE_FORCE", "ncrack at the records' FTP", ["ncrack"])
def ftp_ncrack(scene):
    users, passwords = lists(scene, scene.dice.randint(20, 100), "file")
    limit = scene.dice.randint(2, 8)
    tool(scene, FTP, [*BRIEFLY, "ncrack", "-U", users, "-P", passwords, "-g", f"cl={limit},CL={limit},cd=0",
                      "ftp://TARGET"])


def ask(connection, words=None):
    """Says a line, if any, and gives the answer."""
    if words is not None:
        connection.sendall(words.encode() + b"\r\n")
    answer = connection.recv(4096)
    if not answer:
        raise ConnectionError("the server hung up")
    return answer


def ftp_guess(connection, user, passwords):
    """FTP (RFC 959): USER and PASS, as often as the server allows."""
    ask(connection)
    for password in passwords:
        ask(connection, f"USER {user}")
        ask(connection, f"PASS {password}")


def form_guess(connection, user, passwords):
    """The web site's form, over one connection."""
    for password in passwords:
        body = f"user={user}&password={password}"
        head = ("POST /login HTTP/1.1", "Host: records", "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}", "", body)
        connection.sendall("\r\n".join(head).encode())
        ask(connection)


def basic_guess(connection, user, passwords):
    """The web site's administration, over one connection."""
    for password in passwords:
        proof = base64.b64encode(f"{user}:{password}".encode()).decode()
        ask(connection, f"GET /admin HTTP/1.1\r\nHost: records\r\nAuthorization: Basic {proof}\r\n")


def mqtt_guess(connection, user, passwords):
    """CONNECT; CONNACK says 4 or 5 (MQTT 3.1.1, 3.2.2.3)."""
    connection.sendall(mqtt.connect(f"{user}-{len(passwords[0])}", user=user, password=passwords[0]))
    connection.recv(64)


def telnet_guess(connection, user, passwords):
    """A console: negotiation (RFC 854), user, password."""
    connection.sendall(b"\xff\xfc\x18\xff\xfc\x20\xff\xfc\x23\xff\xfc\x27")
    ask(connection)
    for password in passwords:
        ask(connection, user)
        ask(connection, password)


def guess(scene, host, sources, victim, port, attempt, rate, most=3, seconds=None):
    """Connections with 1 to `most` guesses each, at `rate` (1/s) of all sources."""
    users, passwords = guesses(scene, 60)

    def work(source, dice):
        for _ in talk.beats(scene, dice, rate / len(sources), seconds):
            tried = dice.sample(passwords, dice.randint(1, most))
            with (contextlib.suppress(OSError),
                  talk.conversation(source, victim.address, port, dice, 4) as connection):
                attempt(connection, dice.choice(users), tried)
    with talk.blamed(scene, sources, victim.address, port, tail=5):
        talk.crew(scene, host, sources, work)
