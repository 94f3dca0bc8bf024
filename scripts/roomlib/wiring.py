"""Cables: a bridge in Ward's box joins the inside, another one the outside; tc mirrors every port.

    ecg1 pump1 station1 ... ---- br0 [ ward ] wan ---- out0 ---- attacker botnet patients cloud ...
                                       |
                          mirror: a copy of what enters the box, at whatever port

Ward's box bridges the ward and routes between it and the outside. Frames that it bridges pass through
its firewall too (bridge-nf-call-iptables), as on a bump in the wire.
"""
import subprocess

WARD = "ward"
MIRROR = "mirror"


def _run(*command, text=None):
    done = subprocess.run(list(map(str, command)), input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stderr.strip()}")


def ward_address(plan):
    """Ward's own address in the ward: its hosts' gateway."""
    return str(plan.inner[1])


def wire(plan):
    """Makes all namespaces and joins them."""
    _run("ip", "netns", "add", WARD)
    for host in plan.hosts:
        _run("ip", "netns", "add", host.space)
    _sysctl(None, {"net.ipv6.conf.all.disable_ipv6": 1, "net.ipv4.ip_forward": 0})
    _sysctl(WARD, {
        "net.ipv4.ip_forward": 1, "net.ipv6.conf.all.forwarding": 1, "net.ipv6.conf.default.accept_dad": 0,
        "net.ipv4.conf.all.rp_filter": 0, "net.ipv4.conf.default.rp_filter": 0,
        "net.ipv4.conf.all.send_redirects": 0, "net.ipv4.conf.default.send_redirects": 0})
    _batch(None, _roots(plan))
    _batch(WARD, _box(plan))
    _in(None, "nft", _no_gossip(plan))
    _sysctl(WARD, {"net.bridge.bridge-nf-call-iptables": 1, "net.bridge.bridge-nf-call-ip6tables": 1})
    for host in plan.hosts:
        _connect(plan, host)
    _mirror([f"p-{host.name}" for host in plan.hosts if host.inside] + ["wan"])


def _roots(plan):
    """The outside's bridge. What goes to addresses that nobody has ends at it."""
    yield "link add out0 type bridge"
    yield f"address add {plan.outer[1]}/{plan.outer.prefixlen} dev out0"
    yield "link set out0 up"
    yield f"link add to-ward type veth peer name wan netns {WARD}"
    yield "link set to-ward master out0 up"


def _no_gossip(plan):
    """The outside stands for an internet behind a router: whom its machines look for among themselves is
    not heard at the box, only who looks for the box."""
    return (
        "add table bridge outside; add chain bridge outside gossip"
        " { type filter hook forward priority 0; policy accept; };"
        f'add rule bridge outside gossip oifname "to-ward" arp operation request arp daddr ip != {plan.outer[2]} drop;'
        f'add rule bridge outside gossip oifname "to-ward" icmpv6 type nd-neighbor-solicit @th,64,128 !='
        f" {int(plan.outer6[2]):#x} drop;"
        'add rule bridge outside gossip oifname "to-ward" icmpv6 type { mld2-listener-report, nd-router-solicit } drop')


def _box(plan):
    yield "link set lo up"
    yield "link add br0 type bridge"
    yield f"address add {plan.inner[1]}/{plan.inner.prefixlen} dev br0"
    yield f"address add {plan.inner6[1]}/64 dev br0 nodad"
    yield "link set br0 up"
    yield f"address add {plan.outer[2]}/{plan.outer.prefixlen} dev wan"
    yield f"address add {plan.outer6[2]}/64 dev wan nodad"
    yield "link set wan up"
    yield f"route add default via {plan.outer[1]}"
    yield f"link add to-mirror type veth peer name {MIRROR}"
    yield "link set to-mirror up arp off"
    yield f"link set {MIRROR} up arp off promisc on"


def _connect(plan, host):
    bridge, space = ("br0", WARD) if host.inside else ("out0", None)
    network, gateway = (plan.inner, plan.inner[1]) if host.inside else (plan.outer, plan.outer[2])
    gateway6 = plan.inner6[1] if host.inside else plan.outer6[2]
    _batch(space, [
        f"link add p-{host.name} type veth peer name eth0 netns {host.space}",
        f"link set p-{host.name} master {bridge} up"])
    _sysctl(host.space, {
        "net.ipv4.ip_default_ttl": host.ttl, "net.ipv6.conf.all.hop_limit": host.ttl,
        "net.ipv6.conf.default.hop_limit": host.ttl, "net.ipv4.tcp_timestamps": host.timestamps,
        "net.ipv4.tcp_window_scaling": host.window_scaling, "net.ipv6.conf.default.accept_dad": 0,
        "net.ipv4.tcp_synack_retries": 2, "net.ipv4.icmp_ratelimit": 0})
    routes = [f"route add default via {gateway}"] if host.inside else [f"route add {plan.inner} via {gateway}"]
    _batch(host.space, [
        "link set lo up",
        f"link set eth0 address {host.mac} mtu {host.mtu}",
        f"address add {host.address}/{network.prefixlen} dev eth0",
        f"address add {host.address6}/64 dev eth0 nodad",
        *(f"address add {address}/{network.prefixlen} dev eth0" for address in host.others),
        "link set eth0 up",
        *routes,
        f"route add {plan.outer6 if host.inside else plan.inner6} via {gateway6}"])
    # Without this, what is heard would be half-made: packets of 64 KiB without checksums.
    _in(host.space, "ethtool", "-K", "eth0", "tso", "off", "gso", "off", "gro", "off", "tx", "off", "rx", "off")


def _mirror(ports):
    for port in ports:
        _run("tc", "-n", WARD, "qdisc", "add", "dev", port, "clsact")
        _run("tc", "-n", WARD, "filter", "add", "dev", port, "ingress", "protocol", "all", "u32",
             "match", "u32", "0", "0", "action", "mirred", "egress", "mirror", "dev", "to-mirror")
    # Who listens hears before this drop; the box itself must not take the copies for packets.
    _in(WARD, "nft", "add table netdev copies; add chain netdev copies ignored"
        f" {{ type filter hook ingress device {MIRROR} priority 0; policy drop; }}")


def _in(space, *command):
    _run(*(["ip", "netns", "exec", space] if space else []), *command)


def _batch(space, lines):
    _run("ip", *(["-n", space] if space else []), "-batch", "-", text="\n".join(lines) + "\n")


def _sysctl(space, values):
    _in(space, "sysctl", "-q", "-w", *(f"{key}={value}" for key, value in values.items()))


def put_on(plan, host, number):
    """Gives a host another address of each of its networks and has it speak IPv4 from there; the two."""
    network, gateway = (plan.inner, plan.inner[1]) if host.inside else (plan.outer, plan.outer[2])
    address = str(network[number])
    _in(host.space, "ip", "address", "replace", f"{address}/{network.prefixlen}", "dev", "eth0")
    route = "default" if host.inside else plan.inner
    _in(host.space, "ip", "route", "replace", route, "via", gateway, "src", address)
    _in(host.space, "ip", "route", "replace", network, "dev", "eth0", "src", address)
    address6 = str((plan.inner6 if host.inside else plan.outer6)[number])
    _in(host.space, "ip", "address", "replace", f"{address6}/64", "dev", "eth0", "nodad")
    return address, address6


def put_on_all(plan, host, addresses):
    """Gives a host more IPv4 addresses of its network. It speaks from them if a socket is bound so."""
    length = (plan.inner if host.inside else plan.outer).prefixlen
    _batch(host.space, [f"address replace {address}/{length} dev eth0" for address in addresses])


def addresses(host):
    """All that a host has put on so far, with its own."""
    words = ["ip", "-n", host.space, "-o", "address", "show", "dev", "eth0"]
    listing = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return {word.split("/")[0] for word in listing.split() if "/" in word}


def forget_neighbours(space):
    """Has everybody in a namespace ask anew who has an address."""
    _in(space, "ip", "neigh", "flush", "all")


def add_far(host, addresses):
    """Gives an outside host addresses of other networks; the box knows the way to them."""
    _batch(host.space, [f"address replace {address}/32 dev eth0" for address in addresses])
    _batch(WARD, [f"route replace {address} via {host.address}" for address in addresses])
