"""The names that attacks have, and which of them say the same."""

QUIET = ("BENIGN", "UNKNOWN")
# A flood from many sources may also be called DDOS: the kind is in the row's protocol.
FLOODS = ("SYN_FLOOD", "UDP_FLOOD", "ICMP_FLOOD", "HTTP_FLOOD", "AMPLIFICATION")
WEB = ("WEB_ATTACK", "SQL_INJECTION")
RECONNAISSANCE = ("PORT_SCAN", "EXPLOIT_PROBE")
MQTT = ("MQTT_FLOOD", "MQTT_MALFORMED")
# What a row by itself can be asked for; of other attacks one row in time is enough.
BY_ROW = (*FLOODS, "DDOS", "PORT_SCAN")


def is_attack(name):
    """Whether a verdict says attack: everything but BENIGN and UNKNOWN."""
    return name not in QUIET


def related(label):
    """The names that are right for a label in the wide sense."""
    if label in FLOODS:
        return (label, "DDOS")
    if label == "MALWARE_OTHER":
        return ("COMMAND_AND_CONTROL", "EXFILTRATION")
    return next((group for group in (WEB, RECONNAISSANCE, MQTT) if label in group), (label,))


def in_family(name, label):
    """Whether a verdict names the label's family."""
    return name in related(label)
