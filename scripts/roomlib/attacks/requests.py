"""HTTP requests (RFC 9112) as attackers' scripts make them, and the answers to them."""
import contextlib, http.client, urllib.parse

from . import talk

AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0", "curl/7.88.1",
    "python-requests/2.31.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15", "Go-http-client/1.1",
    "Wget/1.21.3",
    "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)", "Java/17.0.9", "", "okhttp/4.12.0", "axios/1.6.2")
OTHERS = (("Accept", "*/*"), ("Accept-Language", "en-US,en;q=0.5"), ("Accept-Encoding", "gzip, deflate"),
          ("Cache-Control", "no-cache"), ("Referer", "http://records/"), ("Upgrade-Insecure-Requests", "1"),
          ("Pragma", "no-cache"), ("DNT", "1"), ("Keep-Alive", "300"))


def request(dice, method, target, host, headers=(), body=b"", agent=None, keep=True):
    """A request with the headers given and some others, in any order."""
    body = body if isinstance(body, bytes) else body.encode()
    lines = [("User-Agent", agent if agent is not None else dice.choice(AGENTS))]
    lines += dice.sample(OTHERS, dice.randint(0, 6))
    lines += [("Connection", "keep-alive" if keep else "close")] if not keep or dice.random() < 0.5 else []
    given = {name.lower() for name, _ in headers}
    lines = [line for line in lines if line[0].lower() not in given and line[1]] + list(headers)
    lines += [("Content-Length", str(len(body)))] if body or method in ("POST", "PUT") else []
    dice.shuffle(lines)
    head = [f"{method} {target} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in lines),
            "", ""]
    return "\r\n".join(head).encode(errors="replace") + body


def form(fields):
    """A body that a web form sends, and its header. What is encoded already stays as it is."""
    body = "&".join(f"{urllib.parse.quote(name)}={value}" for name, value in fields)
    return (("Content-Type", "application/x-www-form-urlencoded"),), body


class Answers:
    """What the answers of a connection are read from if several come at once: none takes the next one's."""

    def __init__(self, stream):
        self._stream = stream

    def makefile(self, _):
        return self

    def close(self):
        """An answer ends; the stream goes on."""

    def __getattr__(self, name):
        return getattr(self._stream, name)


def answer(connection, method="GET"):
    """Reads one answer to its end, from a connection or its `Answers`; its status."""
    response = http.client.HTTPResponse(connection, method=method)
    try:
        response.begin()
        response.read()
        return response.status
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        response.close()


def visits(scene, host, sources, port, make, rate, most=1, label=None, seconds=None):
    """Requests that `make(dice, address)` gives, 1 to `most` on a connection, to the records' web server.

    `rate` is in connections a second, of all sources together.
    """
    victim = scene.host("records")

    def work(source, dice):
        for _ in talk.beats(scene, dice, rate / len(sources), seconds):
            with (contextlib.suppress(OSError),
                  talk.conversation(source, victim.address, port, dice) as connection):
                for _ in range(dice.randint(1, most)):
                    words = make(dice, victim.address)
                    connection.sendall(words)
                    answer(connection, words.split(b" ")[0].decode())
    with talk.blamed(scene, sources, victim.address, port, label, tail=3):
        talk.crew(scene, host, sources, work)
