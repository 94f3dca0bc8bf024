"""What became of one capture, in numbers that add up and go into JSON."""
import collections, ipaddress

from . import families, truth as truths
from .pipeline import Refused

PAUSE = 3600  # s of silence that count as nobody watching: merged captures have years of it


def evaluate(capture, programs):
    """Everything about one capture, ready for JSON."""
    result = {"file": capture.file, "source": capture.source, "label": capture.label, "model": programs.model}
    try:
        found = programs.judged(capture.path)
    except Refused as words:
        return result | {"refused": str(words).replace(f"unable to read {capture.path}: ", "")}
    truth = truths.Truth(capture)
    labelled = [(row, truth.label(row)) for row in found]
    benign = [row for row, label in labelled if label and label[0] == "BENIGN"]
    attacks = [(row, *label) for row, label in labelled if label and label[0] != "BENIGN"]
    blocked = {row.source for row in found if row.action == "blocked"}
    culprits = truth.attackers | {row.source for row, *_ in attacks}  # a victim that is blocked is honest
    return result | {
        "rows": len(found), "unlabelled": len(found) - len(benign) - len(attacks),
        "attack": attack_numbers(attacks), "incidents": incident_numbers(capture, truth, attacks),
        "benign": benign_numbers(benign), "blocked": sorted(blocked),
        "blocked_honest": sorted(blocked - culprits),
        "hosts": len(hosts(found)), "seconds": watched(found)}


def attack_numbers(attacks):
    """Of rows that belong to attacks: how many were flagged, under what name, by whom."""
    flagged = [(row, label) for row, label, _ in attacks if families.is_attack(row.attack)]
    return {"rows": len(attacks), "flagged": len(flagged),
            "family": sum(families.in_family(row.attack, label) for row, label in flagged),
            "strict": sum(row.attack == label for row, label in flagged),
            "names": collections.Counter(row.attack for row, *_ in attacks),
            "judges": collections.Counter(row.judge for row, _ in flagged)}


def incident_numbers(capture, truth, attacks):
    """One entry an attack: whether any row of it was flagged, under the right name, and when."""
    several = capture.events is not None
    result = []
    for label, origin, first, _ in truths.incidents(capture, truth):
        mine = [row for row, name, source in attacks if name == label and (not several or source == origin)]
        begin = min([first, *(row.start for row in mine)])
        flagged = [row for row in mine if families.is_attack(row.attack)]
        named = [row for row in flagged if families.in_family(row.attack, label)]
        result.append({"label": label, "origin": origin, "rows": len(mine), "flagged": len(flagged),
                       "family": len(named),
                       "alert_s": min((row.last - begin for row in flagged), default=None)})
    return result


def benign_numbers(benign):
    """Of rows of everyday traffic: how many were called an attack, and how many alerts a person would see."""
    alarms = [row for row in benign if families.is_attack(row.attack)]
    return {"rows": len(benign), "alarms": len(alarms),
            "alerts": len({(row.source, row.attack, row.start // PAUSE) for row in alarms}),
            "unknown": sum(row.attack == "UNKNOWN" for row in benign),
            "names": collections.Counter(row.attack for row in alarms),
            "judges": collections.Counter(row.judge for row in alarms)}


def hosts(found):
    """The site's own addresses that spoke: private ones, or, if there are none, all."""
    speakers = {row.source for row in found} | {row.destination for row in found if row.source_port}
    addresses = [ipaddress.ip_address(speaker) for speaker in speakers]
    usable = [one for one in addresses if not (one.is_multicast or one.is_unspecified or one.is_reserved)
              and str(one) != "255.255.255.255"]
    return {one for one in usable if one.is_private} or set(usable)


def watched(found):
    """Seconds between first and last row, pauses left out."""
    total, until = 0.0, None
    for row in sorted(found, key=lambda row: row.start):
        if until is None or row.start > until + PAUSE:
            until = row.start
        if row.last > until:
            total, until = total + row.last - until, row.last
    return total
