"""The web site of the records, a program of its own: portal_site.py FOLDER SEED USER PASSWORD PORT...

HTTP/1.1 (RFC 9112) over IPv4 and IPv6. It has the weaknesses that attacks look for, and they are real:
/patients puts the name into its SQL, /search and /notes put words into their page as they are, /files
follows `..` (in an imagined file system in FOLDER: nothing of this machine can be read).
"""
import base64, gzip, hashlib, html, http.server, json, os, random, socket, socketserver, sqlite3, sys
import threading, time, urllib.parse

from portal_content import Site

class Visit(http.server.BaseHTTPRequestHandler):
    """One connection and all its requests."""

    protocol_version, timeout, site = "HTTP/1.1", 30, None

    def version_string(self):
        return self.site.server

    def log_message(self, *_):
        pass

    def do_GET(self):
        where = urllib.parse.urlsplit(self.path)
        asked = {key: values[0] for key,
                 values in urllib.parse.parse_qs(where.query, keep_blank_values=True).items()}
        name = where.path
        if name in self.site.assets:
            return self._asset(name)
        if name.startswith("/download/") and name[10:].isdigit():
            return self._download(min(int(name[10:]), 25_000_000), asked)
        if name.startswith("/patients/") and name[10:].isdigit():
            return self._rows("SELECT * FROM patients WHERE id = ?", (int(name[10:]),))
        page = getattr(self, "_get" + name.rstrip("/").replace("/", "_").replace("-", "_"), None)
        return page(asked) if page else self._say(404, self.site.page("Not found", html.escape(name)))

    do_HEAD = do_GET

    def do_POST(self):
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 8_000_000))
        words = {key: values[0] for key,
                 values in urllib.parse.parse_qs(body.decode(errors="replace")).items()}
        if self.path == "/login":
            return self._login(words)
        if self.path == "/notes":
            self.site.notes = [*self.site.notes[-20:], words.get("text", "")]
            return self._say(303, "", {"Location": "/notes"})
        if self.path.startswith("/api/"):
            try:
                json.loads(body)
            except ValueError:
                return self._say(400, '{"error":"not JSON"}', kind="application/json")
            return self._say(201, json.dumps({"stored": len(body)}), kind="application/json")
        return self._say(404, self.site.page("Not found", ""))

    def _get(self, _):
        self._say(200, self.site.page("Ward",
                                      '<a href="/patients?name=">patients</a> <a href="/login">log in</a>'))

    def _get_patients(self, asked):
        # Injectable on purpose.
        self._rows(f"SELECT id, name, ward, bed FROM patients WHERE name LIKE '%{asked.get('name', '')}%'"
                   f" ORDER BY id LIMIT {asked.get('limit', '50') or 50}")

    def _get_api_patients(self, asked):
        rows = self.site.ask("SELECT id, name, ward, bed FROM patients WHERE name LIKE ? LIMIT 100",
                             (f"%{asked.get('name', '')}%",))
        self._say(200, json.dumps(rows), kind="application/json")

    def _get_api_vitals(self, asked):
        dice = random.Random()
        beds = [{"bed": bed, "hr": dice.randint(50, 120), "spo2": dice.randint(90, 100)}
                for bed in range(dice.randint(1, 40))]
        self._say(200, json.dumps(beds), kind="application/json")

    def _get_search(self, asked):
        self._say(200, self.site.page("Search", f"<p>Nothing found for {asked.get('q', '')}</p>"))

    def _get_notes(self, _):
        self._say(200, self.site.page("Notes", "".join(f"<p>{note}</p>" for note in self.site.notes)))

    def _get_files(self, asked):
        content = self.site.file(asked.get("name", "leaflet.txt"))
        if content is None:
            return self._say(404, "no such file")
        return self._say(200, content, kind="application/octet-stream")

    def _get_login(self, _):
        form = '<form method="post"><input name="user"><input name="password"></form>'
        self._say(200, self.site.page("Log in", form))

    def _get_admin(self, _):
        proof = base64.b64encode(f"{self.site.user}:{self.site.password}".encode()).decode()
        if self.headers.get("Authorization") == f"Basic {proof}":
            return self._say(200, self.site.page("Administration", ""))
        return self._say(401, "", {"WWW-Authenticate": 'Basic realm="records"'})

    def _login(self, words):
        if (words.get("user"), words.get("password")) != (self.site.user, self.site.password):
            return self._say(401, self.site.page("Log in", "Login failed: wrong user or password"))
        ticket = hashlib.sha256(os.urandom(16)).hexdigest()[:32]
        return self._say(302, "", {"Location": "/", "Set-Cookie": f"{self.site.cookie}={ticket}; HttpOnly"})

    def _rows(self, statement, values=()):
        try:
            rows = self.site.ask(statement, values)
        except (sqlite3.Error, sqlite3.Warning) as error:
            return self._say(500, self.site.page("Error", f"database: {error}"))
        cells = "".join("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>"
                        for row in rows)
        return self._say(200, self.site.page("Patients", f"<table>{cells}</table>"))

    def _asset(self, name):
        content = self.site.assets[name]
        mark = f'"{hashlib.md5(content).hexdigest()[:12]}"'
        if self.headers.get("If-None-Match") == mark:
            return self._say(304, "", {"ETag": mark})
        kind = {"css": "text/css", "js": "text/javascript", "png": "image/png"}[name.split(".")[-1]]
        return self._say(200, content, {"ETag": mark, "Cache-Control": "max-age=60"}, kind)

    def _download(self, size, asked):
        """So many bytes, at `rate` bytes a second."""
        rate = max(20_000, int(asked.get("rate", 400_000)))
        self.send_response(200)
        self.send_header("Content-Type", "application/zip")
        self.send_header("Content-Length", str(size))
        self.end_headers()
        piece = os.urandom(rate // 8)
        while size > 0 and self.command != "HEAD":
            self.wfile.write(piece[:size])
            size -= len(piece)
            time.sleep(1 / 8)

    def _say(self, status, content, headers=None, kind="text/html; charset=utf-8"):
        content = content.encode() if isinstance(content, str) else content
        headers = dict(headers or {})
        can_zip = self.site.zips and "gzip" in self.headers.get("Accept-Encoding", "")
        if can_zip and kind.startswith("text") and len(content) > 500:
            content, headers["Content-Encoding"] = gzip.compress(content, 5), "gzip"
        chunked = (self.site.chunks and kind.startswith("text/html") and self.request_version == "HTTP/1.1"
                   and len(content) > 0)
        if chunked:
            headers["Transfer-Encoding"] = "chunked"
        elif status != 304:
            headers["Content-Length"] = len(content)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for key, value in headers.items():
            self.send_header(key, str(value))
        self.end_headers()
        if self.command == "HEAD":
            return
        if chunked:
            half = len(content) // 2 + 1
            content = b"".join(b"%x\r\n%s\r\n" % (len(part), part)
                               for part in (content[:half], content[half:]) if part)
            content += b"0\r\n\r\n"
        self.wfile.write(content)


class Door(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Listens on one port, IPv4 and IPv6."""

    address_family, allow_reuse_address, daemon_threads, request_queue_size = socket.AF_INET6, True, True, 128

    def handle_error(self, *_):
        """A visitor that went away is no error of the site."""


def main(folder, seed, user, password, *ports):
    Visit.site = Site(folder, seed, user, password)
    doors = [Door(("::", int(port)), Visit) for port in ports]
    for door in doors[1:]:
        threading.Thread(target=door.serve_forever, daemon=True).start()
    doors[0].serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
