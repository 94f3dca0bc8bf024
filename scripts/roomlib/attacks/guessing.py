"""Passwords guessed by scripts of one's own: fast, slowly, from many addresses, by worms."""
import contextlib

from ..benign import servers
from . import scenario, talk
from .passwords import FTP, MQTT, TELNET, basic_guess, form_guess, ftp_guess, guess, mqtt_guess, telnet_guess


@scenario("ftp-guessing", "BRUTE_FORCE", "a script at the records' FTP")
def ftp_guessing(scene):
    attacker = talk.either(scene)
    sources = [attacker.address] * scene.dice.randint(1, 8)
    guess(scene, attacker, sources, scene.host("records"), FTP, ftp_guess, scene.dice.randint(2, 30))


@scenario("slow-guessing", "BRUTE_FORCE", "one guess in a second or two, at FTP, form or administration")
def slow_guessing(scene):
    attacker, (port, attempt) = talk.either(scene), scene.dice.choice((
        (FTP, ftp_guess), (80, form_guess), (8080, basic_guess)))
    guess(scene, attacker, [attacker.address], scene.host("records"), port, attempt,
          scene.dice.uniform(0.5, 1.2), 1,
          seconds=3 * scene.seconds)


@scenario("password-spraying", "BRUTE_FORCE", "few guesses each, from many addresses")
def spraying(scene):
    bots = scene.bots(scene.dice.randint(6, 20))
    port, attempt = scene.dice.choice(((FTP, ftp_guess), (80, form_guess), (80, basic_guess),
                                       (8080, form_guess)))
    guess(scene, scene.plan["botnet"], bots, scene.host("records"), port, attempt, scene.dice.uniform(4, 20),
          2,
          seconds=1.5 * scene.seconds)


@contextlib.contextmanager
def locked_broker(scene):
    """A broker that wants a password: the ward's, or where that is open, one on the host of services."""
    if servers.broker_needs_password(scene.plan):
        yield scene.host("broker")
        return
    users = scene.file("building-users", "")
    settings = scene.file("building.conf",
                          f"listener {MQTT}\nallow_anonymous false\npassword_file {users}\nuser root\n")
    services = scene.host("services")
    with scene.running(services, "mosquitto", "-c", settings):
        scene.wait(0.5)
        yield services


@scenario("mqtt-guessing", "BRUTE_FORCE", "users and passwords in CONNECT, at a broker that refuses them",
          ["mosquitto"])
def mqtt_guessing(scene):
    attacker = talk.either(scene)
    with locked_broker(scene) as broker:
        sources = [attacker.address] * scene.dice.randint(1, 4)
        guess(scene, attacker, sources, broker, MQTT, mqtt_guess, scene.dice.randint(4, 50), 1)


def console(banner, delay):
    """A camera's console, which lets nobody in."""
    def answer(connection, _):
        connection.sendall(b"\xff\xfd\x18\xff\xfd\x20\xff\xfd\x23\xff\xfd\x27" + banner + b" login: ")
        lines = 0
        while part := connection.recv(256):
            for _ in range(part.count(b"\n")):
                lines += 1
                talk.time.sleep(0 if lines % 2 else delay)
                connection.sendall(b"Password: " if lines % 2 else b"\r\nLogin incorrect\r\nlogin: ")
    return answer


@scenario("telnet-worm", "BRUTE_FORCE", "factory passwords at a camera's console, as Mirai tries them")
def telnet_worm(scene):
    attacker, dice = talk.either(scene), scene.dice
    camera = dice.choice(scene.plan.having("camera") + scene.plan.having("pump"))
    banner = " ".join(talk.words(dice, 2)).encode()
    with talk.serving(scene, camera, TELNET, console(banner, dice.uniform(0, 0.4))):
        sources = [attacker.address] * dice.randint(1, 5)
        guess(scene, attacker, sources, camera, TELNET, telnet_guess, dice.uniform(1, 15), dice.randint(1, 4))
