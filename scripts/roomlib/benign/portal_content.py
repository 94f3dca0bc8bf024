"""What the records' web site shows: pages, pictures, files and a database, all from the seed."""
import hashlib, pathlib, posixpath, random, sqlite3, struct, time, zlib

FIRST = ("Mary", "Sean", "Aoife", "Jonas", "Lena", "Ravi", "Fatima", "Chen", "Olga", "Pedro", "Ines", "Tom")
LAST = ("O'Brien", "D'Angelo", "Selectmann", "Unionski", "Smith", "Orwell", "Andersen", "Droppe", "Li",
        "Fromm",
        "O'Neill", "Whereat", "Likely", "Nguyen", "Garcia", "Kowalski")


class Site:
    """Pages, files and records, all from the seed."""

    def __init__(self, folder, seed, user, password):
        self.dice = dice = random.Random(f"{seed}/site")
        self.root, self.user, self.password = pathlib.Path(folder), user, password
        self.server = dice.choice(("Apache/2.4.57 (Debian)", "nginx", "nginx/1.22.1", "Jetty(9.4.z)",
                                   "lighttpd/1.4.69"))
        self.zips, self.chunks = dice.random() < 0.6, dice.random() < 0.5
        self.cookie = dice.choice(("JSESSIONID", "session", "sid", "PHPSESSID"))
        self.assets = {}
        for kind, count, sizes in (("css", dice.randint(1, 3), (1_000, 15_000)),
                                   ("js", dice.randint(1, 4), (2_000, 40_000)),
                                   ("png", dice.randint(4, 12), (200, 15_000)),
                                   ("scan", dice.randint(1, 4), (20_000, 300_000))):
            for number in range(count):
                ending = "png" if kind == "scan" else kind
                self.assets[f"/static/{kind}{number}.{ending}"] = self._asset(kind, dice.randint(*sizes))
        self.notes = []
        self._files()
        self._records()

    def _asset(self, kind, size):
        if kind in ("css", "js"):
            words = " ".join(self.dice.choice((".ward", "margin:0;", "var x=1;", "color:#336;", "{}"))
                             for _ in range(size // 8))
            return words.encode()
        width = self.dice.randint(16, 800)
        rows = b"".join(b"\0" + self.dice.randbytes(width) for _ in range(size // width + 1))
        parts = ((b"IHDR", struct.pack(">IIBBBBB", width, size // width + 1, 8, 0, 0, 0, 0)),
                 (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
            for name, content in parts)

    def _files(self):
        for name, text in (("etc/passwd",
                            "root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33::/var/www:/bin/false\n"),
                           ("etc/hosts", "127.0.0.1 localhost\n"), ("windows/win.ini", "[fonts]\n"),
                           ("srv/files/leaflet.txt", "Visiting hours: 14-19\n" * self.dice.randint(5, 400)),
                           ("srv/files/menu.txt", "Soup of the day\n" * self.dice.randint(5, 100)),
                           ("srv/files/report.pdf", "%PDF-1.4\n" + "0" * self.dice.randint(5_000, 200_000))):
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def _records(self):
        self.path = self.root / "records.sqlite"
        self.path.unlink(missing_ok=True)
        with sqlite3.connect(self.path) as records:
            records.execute("CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT, ward TEXT,"
                            " bed INTEGER, diagnosis TEXT)")
            records.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, password TEXT)")
            for _ in range(self.dice.randint(60, 400)):
                name = f"{self.dice.choice(FIRST)} {self.dice.choice(LAST)}"
                records.execute("INSERT INTO patients (name, ward, bed, diagnosis) VALUES (?, ?, ?, ?)", (
                    name, self.dice.choice("ABCD"), self.dice.randint(1, 40),
                    f"I{self.dice.randint(10, 99)}"))
            records.execute("INSERT INTO users (name, password) VALUES (?, ?)",
                            (self.user, hashlib.md5(self.password.encode()).hexdigest()))

    def ask(self, statement, values=()):
        """Rows of the database; a statement that takes longer than a second is ended."""
        end = time.monotonic() + 1
        with sqlite3.connect(f"file:{self.path}?mode=ro", uri=True) as records:
            records.set_progress_handler(lambda: time.monotonic() > end, 10_000)
            return records.execute(statement, values).fetchall()

    def file(self, name):
        """A file's content, as if FOLDER were the root of the file system."""
        path = self.root / posixpath.normpath(posixpath.join("/srv/files", name.lstrip("/"))).lstrip("/")
        path = path.resolve()
        return path.read_bytes() if path.is_relative_to(self.root.resolve()) and path.is_file() else None

    def page(self, title, body):
        tags = "".join(f'<link rel="stylesheet" href="{name}">' if name.endswith("css")
                       else f'<script src="{name}"></script>' if name.endswith("js")
                       else f'<img src="{name}">' for name in self.assets if "scan" not in name)
        return (f"<!doctype html><html><head><title>{title}</title></head><body>{tags}<h1>{title}</h1>{body}"
                "</body></html>")
