"""Floods of packets, forged and not."""
from . import scenario


@scenario("syn-flood", "SYN_FLOOD", "hping3: SYNs from one address to the records' web server", ["hping3"])
def syn_flood(scene):
    attacker, victim = scene.outsider(), scene.host("records")
    rate = scene.dice.randint(400, 1500)
    with scene.attack(attacker.address, victim.address, 6, 80, tail=4):
        scene.run(attacker, "hping3", "-q", "-I", "eth0", "-a", attacker.address, "-S", "-p", 80, "-i", f"u{1_000_000 // rate}",
                  "-c", int(rate * scene.seconds), victim.address, seconds=scene.seconds + 3)
