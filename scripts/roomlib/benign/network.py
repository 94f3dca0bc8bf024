"""What every network has: names, addresses, time."""
import socket, struct, time as clocks

from ..actor import end
from . import habit, server
from .servers import until_it_ends
from .services import hear_datagrams

DOMAIN = "ward.example"
# Names "of the internet"; all lead to the addresses of `cloud`.
PUBLIC = ("updates.vendor.example", "telemetry.icu-cloud.example", "www.news.example", "cdn.images.example",
          "time.pool.example", "api.weather.example", "push.tablets.example", "mail.clinic.example",
          "login.identity.example", "www.insurance.example", "static.fonts.example", "ads.tracker.example")


def stranger(plan):
    """A domain whose name server is the attacker's."""
    dice = plan.dice("stranger")
    name = "".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(3, 14)))
    return f"{name}.{dice.choice(('net', 'com', 'xyz', 'info', 'top', 'ru', 'cc'))}"


@server
def resolver(actor):
    """dnsmasq on port 53: all names of the room, some of an internet, NXDOMAIN for others."""
    plan, dice = actor.plan, actor.dice
    cloud = plan.having("cloud")[0]
    lines = ["no-hosts", "no-resolv", "no-poll", "bogus-priv", f"domain={DOMAIN}", f"local=/{DOMAIN}/",
             "user=root", "group=root", f"cache-size={dice.choice((0, 150, 1000))}",
             f"local-ttl={dice.choice((0, 5, 60, 300))}",
             f"mx-host={DOMAIN},mail.{DOMAIN},10",
             f"mx-host=clinic.example,mail.clinic.example,{dice.choice((5, 10, 20))}",
             f"srv-host=_mqtt._tcp.{DOMAIN},broker.{DOMAIN},1883", f"txt-record={DOMAIN},\"v=spf1 mx -all\"",
             "txt-record=clinic.example,\"v=spf1 include:_spf.mail.example ~all\"",
             f"cname=pacs.{DOMAIN},records.{DOMAIN}", f"cname=mqtt.{DOMAIN},broker.{DOMAIN}"]
    lines += [f"host-record={host.name}.{DOMAIN},{host.name},{host.address},{host.address6}"
              for host in plan.hosts if host.inside]
    for name in PUBLIC:
        addresses = dice.sample((cloud.address, *cloud.others), dice.randint(1, 3))
        lines += [f"host-record={name},{address}" for address in addresses]
        lines += [f"host-record={name},{cloud.address6}"] if dice.random() < 0.5 else []
        if dice.random() < 0.4:
            lines.append(f"txt-record={name}" + "".join(f",{dice.randbytes(dice.randint(10, 70)).hex()}"
                                                        for _ in range(dice.randint(1, 6))))
    lines.append(f"server=/{stranger(plan)}/{plan['attacker'].address}")
    lines += [f"address=/{name}/" for name in ("example", "local", "invalid", "lan")]
    settings = actor.file("names.conf", "\n".join(lines) + "\n")
    until_it_ends(actor, actor.start("dnsmasq", "-k", f"--conf-file={settings}", "--pid-file="))


@server
def leases(actor):
    """dnsmasq as DHCP server (RFC 2131): everybody's address is reserved for its MAC address."""
    plan = actor.plan
    inside = [host for host in plan.hosts if host.inside]
    lines = ["port=0", "interface=eth0", "user=root", "group=root", "no-ping", "dhcp-authoritative",
             f"dhcp-leasefile={actor.room.folder / 'leases'}", f"domain={DOMAIN}",
             f"dhcp-range={plan.inner[0]},static,{plan.inner.netmask},{actor.dice.choice((120, 180, 300))}",
             f"dhcp-option=option:router,{plan.inner[1]}",
             f"dhcp-option=option:ntp-server,{actor.host.address}",
             f"dhcp-option=option:dns-server,{actor.host.address}"]
    lines += [f"dhcp-host={host.mac},{host.address},{host.name}" for host in inside]
    settings = actor.file("leases.conf", "\n".join(lines) + "\n")
    until_it_ends(actor, actor.start("dnsmasq", "-k", f"--conf-file={settings}", "--pid-file="))


def _announce_address(actor):
    """ARP: probes for the address and announces that it is taken (RFC 5227)."""
    own, nobody = socket.inet_aton(actor.host.address), bytes(4)
    mac = bytes.fromhex(actor.host.mac.replace(":", ""))
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as line:
        line.bind(("eth0", 0))
        for sender in (nobody,) * actor.dice.randint(0, 3) + (own,) * actor.dice.randint(1, 3):
            line.send(b"\xff" * 6 + mac + struct.pack(">HHHBBH", 0x0806, 1, 0x0800, 6, 4, 1)
                      + mac + sender + bytes(6) + own)
            actor.wait(actor.dice.uniform(0.3, 1.5))


@habit
def lease(actor):
    """A DHCP client that asks for its address and renews it, now and then all anew."""
    script = actor.file("leased", "#!/bin/sh\nexit 0\n")
    script.chmod(0o755)
    while True:
        process = actor.start("udhcpc", "-f", "-i", "eth0", "-s", script, "-t", "3", "-A", "10", "-B",
                              "-x", f"hostname:{actor.host.name}")
        _announce_address(actor)
        for _ in range(actor.dice.randint(1, 6)):
            actor.pause(40)
            process.send_signal(10)  # SIGUSR1: renew
        process.send_signal(12)  # SIGUSR2: release
        actor.wait(1)
        end(process)
        actor.pause(5)


EPOCH_1900 = 2_208_988_800
SNTP = struct.Struct(">BBbbIIIQQQQ")


def _stamp(seconds):
    """An NTP time stamp (RFC 5905): seconds since 1900, 32.32."""
    return int((seconds + EPOCH_1900) * (1 << 32))


@server
def clock(actor):
    """Answers SNTP requests on UDP port 123 of all its addresses (RFC 4330, mode 4)."""
    stratum, since = actor.dice.randint(2, 4), clocks.time()

    def answer(question, whom, port):
        if len(question) < 48 or question[0] & 7 != 3:
            return None
        now = clocks.time()
        return SNTP.pack(
            (question[0] & 0x38) | 4, stratum, question[2], -20, 0x500, 0x800, 0x0A000001,
            _stamp(since + (now - since) // 64 * 64), struct.unpack(">Q", question[40:48])[0],
            _stamp(now), _stamp(now))
    hear_datagrams(actor, [123], answer)


@habit
def time(actor):
    """An SNTP client: asks the ward's clock, in some hosts one of the internet too; a burst at first."""
    dice, cloud = actor.dice, actor.plan.having("cloud")[0]
    servers = [actor.address("services")]
    if dice.random() < 0.4:
        servers.append(dice.choice((cloud.address, *cloud.others)))
    version, mean, fixed_port = dice.choice((3, 4, 4)), dice.choice((4, 8, 16, 32)), dice.random() < 0.4
    burst = dice.choice((0, 0, 4, 8))
    while True:
        for server_address in servers:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
                asking.bind((actor.host.address, 123 if fixed_port else 0))
                asking.settimeout(1)
                sent = clocks.time()
                asking.sendto(SNTP.pack(version << 3 | 3, 0, dice.choice((4, 6, 10)), -20, 0, 0, 0, 0, 0, 0,
                                        _stamp(sent)),
                              (server_address, 123))
                try:
                    asking.recv(512)
                except TimeoutError:
                    pass
        burst -= 1
        actor.pause(2 if burst > 0 else mean)
