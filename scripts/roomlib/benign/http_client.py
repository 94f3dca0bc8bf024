"""A client of web sites: a browser, a program or a phone, with headers and connections of its own."""
import http.client, re, socket, ssl, threading, time

from .services import reset

AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/119.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0",
    "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/16.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 13; SM-T505) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/120.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko",
)
PROGRAMS = ("curl/7.88.1", "python-requests/2.31.0", "Go-http-client/1.1", "okhttp/4.9.3", "Java/17.0.8",
            "check_http/v2.3.3 (monitoring)", "Prometheus/2.42.0", "Dart/3.1 (dart:io)", "-")
WORDS = ("li", "smith", "O'Brien", "O'Neill", "D'Angelo", "union", "Selectmann", "credit union",
         "drop in clinic", "or", "and", "100% oxygen", "AT&T", "müller", "<3 beats", "a -- b",
         "select a ward", "50;60", "order by date", "C:\\reports")


def trusting(old=False):
    """A TLS client that takes any certificate; an old one knows TLS 1.2 only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if old:
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


class Client:
    """Asks one web server, from one address. Errors of HTTP are OSErrors, too: the server was in trouble."""

    def __init__(self, dice, address, port, source="", host=None, tls=False, agents=AGENTS):
        self.dice, self.place, self.source, self.tls = dice, (address, port), source, tls
        self.host, self.known, self.idle, self.lock = host or address, {}, [], threading.Lock()
        self.headers = {"User-Agent": dice.choice(agents),
                        "Accept": dice.choice(("*/*", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"))}
        if agents is AGENTS:
            self.headers |= {
                "Accept-Language": dice.choice(("de-DE,de;q=0.9,en;q=0.8", "en-US,en;q=0.5", "fr")),
                "Accept-Encoding": dice.choice(("gzip, deflate", "identity", "gzip, deflate, br")),
                "Cookie": f"session={dice.getrandbits(8 * dice.randint(4, 60)):x}"}
        self.keeps = dice.random() < 0.7
        self.timeout = dice.choice((5, 10, 20))

    def _connection(self):
        with self.lock:
            if self.idle:
                return self.idle.pop()
        source = (self.source, 0) if self.source else None
        if self.tls:
            return http.client.HTTPSConnection(*self.place, timeout=self.timeout, source_address=source,
                                               context=trusting(self.dice.random() < 0.3))
        return http.client.HTTPConnection(*self.place, timeout=self.timeout, source_address=source)

    def ask(self, path, method="GET", body=None, headers=None, pace=None, keep=None):
        """Status, headers and body of an answer. `pace`: bytes a second at most that it reads."""
        keep = self.keeps if keep is None else keep
        connection = self._connection()
        mark = {"If-None-Match": self.known[path]} if path in self.known and method == "GET" else {}
        try:
            connection.request(method, path, body, self.headers | mark | {"Host": self.host} | (headers or {})
                               | ({} if keep else {"Connection": "close"}))
            answer = connection.getresponse()
            content = self._read(answer, pace)
        except (http.client.HTTPException, UnicodeError) as error:
            connection.close()
            raise ConnectionError(f"{self.host}: {error!r}") from error
        except OSError:
            connection.close()
            raise
        if answer.headers.get("ETag"):
            self.known[path] = answer.headers["ETag"]
        if keep and not answer.will_close:
            with self.lock:
                self.idle.append(connection)
        else:
            connection.close()
        return answer.status, answer.headers, content

    @staticmethod
    def _read(answer, pace):
        if not pace:
            return answer.read()
        content = b""
        while piece := answer.read(max(1, int(pace / 5))):
            content = piece
            time.sleep(0.2)
        return content

    def page(self, path, lanes=None):
        """Fetches a page and what it shows, over a few connections at a time as browsers do; its status."""
        status, _, content = self.ask(path, headers={"Accept-Encoding": "identity"})
        parts = re.findall(r'(?:src|href)="(/static/[^"]+)"', content.decode(errors="replace"))
        self.side_by_side([lambda part=part: self.ask(part) for part in parts],
                          lanes or self.dice.choice((2, 4, 6, 6)))
        return status

    @staticmethod
    def side_by_side(tasks, lanes):
        """Does all tasks, some at a time; those that fail are left undone."""
        tasks, lock = list(tasks), threading.Lock()

        def work():
            while True:
                with lock:
                    if not tasks:
                        return
                    task = tasks.pop(0)
                try:
                    task()
                except OSError:
                    return
        threads = [threading.Thread(target=work, daemon=True) for _ in range(lanes)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

    def leave(self):
        """Closes the connections that were kept."""
        with self.lock:
            for connection in self.idle:
                connection.close()
            self.idle.clear()

    def go_away(self, path):
        """Asks, and resets the connection before the answer is there, as a closed tab does."""
        with socket.create_connection(self.place, 5, (self.source, 0) if self.source else None) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\n\r\n".encode())
            line.recv(self.dice.choice((1, 500, 4000)))
            reset(line)
