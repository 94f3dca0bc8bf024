"""What Ward made of a take, held against the ground truth."""
import collections, dataclasses


@dataclasses.dataclass
class Outcome:
    """What became of one scenario."""

    scenario: object
    named: collections.Counter  # rows by the attack that they were called
    first: float  # s of packet time from the attack's begin to the first row that calls it any attack
    blocked: dict  # attackers' addresses, each with the s from the begin to the rule in the kernel
    attackers: set

    @property
    def right(self):
        """Whether most rows that say anything say what it was."""
        return bool(self.named) and self.named.most_common(1)[0][0] == self.scenario.label

    @property
    def verdict(self):
        return "named" if self.right else "misnamed" if self.named else "missed"


@dataclasses.dataclass
class Score:
    outcomes: list
    alarms: collections.Counter  # (source, attack) of rows that belong to no attack
    honest: list  # addresses that were blocked and are no attacker's


def score(played, lines, rows, blocks):
    """Sorts Ward's rows of attacks (`Ward.rows`) and blocks to the scenarios that they belong to."""
    named = collections.defaultdict(collections.Counter)
    first, alarms = {}, collections.Counter()
    attacking = [line for line in lines if line.label != "BENIGN"]
    for row in rows:
        line = next((line for line in attacking if line.matches(row)), None)
        if line is None:
            alarms[row["source"], row["attack"]] += 1
            continue
        named[line.scenario][row["attack"]] += 1
        first.setdefault(line.scenario, max(0.0, row["last"] - line.start))
    outcomes = [
        Outcome(one.scenario, named[one.scenario.name], first.get(one.scenario.name, float("inf")),
                {address: blocks[address] - one.begin for address in one.attackers & blocks.keys()},
                one.attackers)
        for one in played]
    attackers = set().union(*(one.attackers for one in played))
    return Score(outcomes, alarms, sorted(set(blocks) - attackers))
