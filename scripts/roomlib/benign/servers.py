"""The servers that are real programs: web site, MQTT broker, SSH, FTP."""
import logging, os, pathlib, shutil, socket, subprocess, sys

from pyftpdlib import authorizers, handlers, servers

from ..actor import end
from . import server
from .accounts import account

SITE = pathlib.Path(__file__).with_name("portal_site.py")
WEB_PORTS = (80, 8080)


def until_it_ends(actor, process):
    """Waits for a program that should last as long as the room; if it ends, the room starts it again."""
    while process.poll() is None:
        actor.wait(0.5)
    raise RuntimeError(f"a server ended with status {process.returncode}")


@server
def portal(actor):
    """The records' web site on ports 80 and 8080, weak on purpose (portal_site.py)."""
    folder = actor.room.folder / "site"
    folder.mkdir(exist_ok=True)
    until_it_ends(actor, actor.start(sys.executable, SITE, folder, actor.plan.seed,
                                     *account(actor.plan, "portal"), *WEB_PORTS))


def broker_needs_password(plan):
    """Whether the broker of this seed lets nobody in without a password."""
    return plan.dice("broker", "users").random() < 0.4


@server
def broker(actor):
    """mosquitto on port 1883. In some seeds it has users, in some it is restarted now and then."""
    dice = actor.dice
    lines = ["listener 1883", "user root", "persistence false", "log_dest none",
             f"sys_interval {dice.choice((0, 5, 10))}",
             f"max_queued_messages {dice.choice((100, 1000))}",
             f"set_tcp_nodelay {dice.choice(('true', 'false'))}"]
    if broker_needs_password(actor.plan):
        user, password = account(actor.plan, "broker")
        users = actor.file("users", f"{user}:{password}\n")
        users.chmod(0o600)
        subprocess.run(["mosquitto_passwd", "-U", users], check=True)
        lines += ["allow_anonymous false", f"password_file {users}"]
    else:
        lines += ["allow_anonymous true"]
    settings = actor.file("mosquitto.conf", "\n".join(lines) + "\n")
    restarts = dice.random() < 0.5
    while True:
        process = actor.start("mosquitto", "-c", settings)
        if not restarts:
            until_it_ends(actor, process)
        actor.wait(dice.uniform(40, 400))
        end(process)
        actor.wait(dice.uniform(0.2, 3))


def _private(path, content, folder, mode):
    """Puts a file of the room in the place of one of this machine, for those in the room only."""
    copy = folder / path.name
    copy.write_text(content)
    copy.chmod(mode)
    subprocess.run(["mount", "--bind", copy, path], check=True)


def _add_user(folder, user, password):
    """Makes a user who exists in the room only; its home. Nobody else can log in with a password there."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    number = 45_000
    secret = subprocess.run(["openssl", "passwd", "-6", "-stdin"], input=password, capture_output=True,
                            text=True, check=True).stdout.strip()
    users = [line.replace(":/root:", f":{folder}:") for line in pathlib.Path("/etc/passwd").read_text().splitlines()
             if line.split(":")[0] != user]
    secrets = [f"{line.split(':')[0]}:*:19000:0:99999:7:::" for line in users]
    _private(pathlib.Path("/etc/passwd"),
             "\n".join([*users, f"{user}:x:{number}:65534::{home}:/bin/sh"]) + "\n", folder, 0o644)
    _private(pathlib.Path("/etc/shadow"), "\n".join([*secrets, f"{user}:{secret}:19000:0:99999:7:::"]) + "\n",
             folder, 0o600)
    for path in (home, home / ".ssh"):
        path.mkdir(exist_ok=True, mode=0o700)
        os.chown(path, number, 65534)
    return home


@server
def shell_server(actor):
    """dropbear on port 22. The user it lets in exists in the room only, with a password and a key."""
    folder = actor.room.folder / "shell"
    folder.mkdir(exist_ok=True)
    kind = actor.dice.choice(("ed25519", "ecdsa", "rsa"))
    host_key, key = folder / "host_key", folder / "key"
    if not key.exists():
        home = _add_user(folder, *account(actor.plan, "shell"))
        subprocess.run(["dropbearkey", "-t", kind, "-f", host_key], check=True, capture_output=True)
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
        shutil.copy(f"{key}.pub", home / ".ssh" / "authorized_keys")
        os.chown(home / ".ssh" / "authorized_keys", 45_000, 65534)
    # -w: root cannot log in; -j -k: no forwarding.
    until_it_ends(actor, actor.start("dropbear", "-F", "-E", "-w", "-j", "-k", "-r", host_key, "-p", 22,
                                     "-T", actor.dice.randint(3, 10), "-I", 120, "-P", folder / "pid"))


@server
def file_server(actor):
    """FTP on port 21, with passive and active transfers."""
    logging.getLogger("pyftpdlib").setLevel(logging.CRITICAL)
    folder = actor.room.folder / "files"
    folder.mkdir(exist_ok=True)
    for number in range(actor.dice.randint(3, 9)):
        (folder / f"export{number}.csv").write_bytes(actor.dice.randbytes(actor.dice.randint(200, 400_000)))
    users = authorizers.DummyAuthorizer()
    users.add_user(*account(actor.plan, "file"), str(folder), perm="elradfmwMT")

    class Session(handlers.FTPHandler):
        authorizer = users
        banner = actor.dice.choice(("vsFTPd 3.0.3", "ProFTPD Server ready.", "FTP server ready"))
        timeout, auth_failed_timeout = 120, actor.dice.choice((1, 2, 3))
        max_login_attempts = actor.dice.randint(3, 6)
        lowest_passive, passive = actor.dice.choice(((40_000, 200), (50_000, 1000), (32_000, 1000)))
        passive_ports = list(range(lowest_passive, lowest_passive + passive))

        def log(self, *_, **__):
            pass
        logline = logerror = log_cmd = log_transfer = log

    door = servers.FTPServer(socket.create_server(("", 21), family=socket.AF_INET6, dualstack_ipv6=True),
                             Session)
    try:
        while not actor.over.is_set():
            door.ioloop.loop(timeout=0.5, blocking=False)
    finally:
        door.close_all()
