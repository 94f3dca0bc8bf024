"""Somebody who looks after the servers, by SSH and FTP."""
import contextlib, ftplib, io, subprocess, time

from . import habit, server
from .accounts import account, mistyped
from .services import Service, connect, ends, trickle

COPY_PORT = 8730
COMMANDS = ("uptime", "df -h", "ls -l /etc", "ps aux", "cat /etc/services", "free -m", "id",
            "head -c 200000 /dev/urandom | base64", "for i in 1 2 3 4 5 6; do date; sleep 0.4; done",
            "dd if=/dev/zero bs=1k count=900")


def _ssh(actor, *words):
    source, server = ends(actor, "records")
    return ["ssh", "-b", source, "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o",
            "LogLevel=ERROR", "-F", "none", *words,
            f"{account(actor.plan, 'shell')[0]}@{server}"]


def _by_key(actor):
    return _ssh(actor, "-i", actor.room.folder / "shell" / "key", "-o", "BatchMode=yes",
                *actor.dice.choice(([], ["-C"], ["-c", "aes128-ctr"], ["-o", "ServerAliveInterval=3"])))


def _type(actor):
    """A session at the keyboard: few bytes at a time, and echoes."""
    process = actor.start(*_by_key(actor), "-tt", stdin=subprocess.PIPE)
    with contextlib.suppress(BrokenPipeError):
        for _ in range(actor.dice.randint(2, 8)):
            for letter in actor.dice.choice(COMMANDS[:7]) + "\n":
                process.stdin.write(letter.encode())
                process.stdin.flush()
                actor.wait(actor.dice.uniform(0.04, 0.35))
            actor.pause(1.5)
        process.stdin.write(b"exit\n")
        process.stdin.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)


def _by_password(actor):
    """Logs in with the password, which takes a person in a hurry one to three attempts."""
    password = account(actor.plan, "shell")[1]
    words = [mistyped(actor.dice, password) for _ in range(actor.dice.choice((0, 1, 1, 2)))] + [password]
    answers = actor.file("passwords", "\n".join(words) + "\n")
    script = actor.file("askpass", f"#!/bin/sh\nsleep 1\nhead -n 1 {answers}\nsed -i 1d {answers}\n")
    script.chmod(0o755)
    actor.run("env", f"SSH_ASKPASS={script}", "SSH_ASKPASS_REQUIRE=force",
              *_ssh(actor, "-o", "PubkeyAuthentication=no"), "uptime", seconds=15)


@habit
def administration(actor):
    """Commands, sessions at the keyboard and copies over SSH; by key mostly."""
    mean = actor.dice.uniform(4, 20)
    while True:
        _session(actor)
        actor.pause(mean)


@habit
def maintenance(actor):
    """A maker's engineers, who look after what they sold from afar: SSH and FTP, both ways."""
    mean = actor.dice.uniform(10, 40)
    while True:
        if actor.dice.random() < 0.2:
            _exchange(actor)
        else:
            _session(actor)
        actor.pause(mean)


def _session(actor):
    """One thing that somebody does by SSH."""
    dice = actor.dice
    while not (actor.room.folder / "shell" / "key").exists():
        actor.wait(0.5)
    act = dice.choices(("command", "type", "password", "upload", "drop"), (5, 2, 2, 1.5, 1))[0]
    if act == "command":
        actor.run(*_by_key(actor), dice.choice(COMMANDS), seconds=20)
    elif act == "type":
        _type(actor)
    elif act == "password":
        _by_password(actor)
    elif act == "upload":
        actor.run(*_by_key(actor), "cat > /dev/null", seconds=20, text="log line\n" * dice.randint(100, 60_000))
    else:  # the link fails, while logging in or later
        actor.run(*_by_key(actor), "vmstat 1 30 || sleep 20", seconds=dice.uniform(0.1, 6))


def _log_in(actor, ftp):
    user, password = account(actor.plan, "file")
    for _ in range(actor.dice.choice((0, 0, 0, 1, 2))):
        with contextlib.suppress(ftplib.error_perm):
            ftp.login(user, mistyped(actor.dice, password))
        actor.pause(1.5)
    ftp.login(user, password)


def _by_ftp(actor):
    """One session of FTP: lists, fetches, stores, deletes; at a limited rate."""
    dice = actor.dice
    pace = dice.randint(40_000, 400_000)

    def slowly(piece):
        time.sleep(len(piece) / pace)
    source, server = ends(actor, "records")
    with ftplib.FTP(server, timeout=10, source_address=(source, 0)) as ftp:
        _log_in(actor, ftp)
        ftp.set_pasv(dice.random() < 0.75)
        names = [name for name in ftp.nlst() if name.startswith("export")]
        for _ in range(dice.randint(1, 4)):
            if dice.random() < 0.6 and names:
                ftp.retrbinary(f"RETR {dice.choice(names)}", slowly, 8192)
            else:
                name = f"upload{dice.randint(1, 99)}"
                ftp.storbinary(f"STOR {name}", io.BytesIO(dice.randbytes(dice.randint(100, 250_000))), 8192,
                               slowly)
                ftp.delete(name)
            actor.pause(1)


def _exchange(actor):
    """A session of FTP; its errors are those of connections."""
    try:
        _by_ftp(actor)
    except (ftplib.Error, EOFError) as error:
        raise ConnectionError(f"FTP: {error!r}") from error


@server
def copy_keeper(actor):
    """Takes copies: a TCP port that reads to the end."""
    def talk(line):
        while line.recv(65536):
            pass
        line.sendall(b"done\n")
    with Service(actor, COPY_PORT, talk):
        actor.wait(1e6)


@habit
def copies(actor):
    """Backups: by FTP, and as one stream of bytes to where copies are kept."""
    dice = actor.dice
    while True:
        if dice.random() < 0.6:
            _exchange(actor)
        else:
            with connect(actor.plan["records"], COPY_PORT, dice) as line:
                trickle(line, dice.randint(50_000, 700_000), dice.randint(40_000, 200_000), dice)
        actor.pause(20)
