"""What Ward made of a take, held against the ground truth."""
import collections, dataclasses, statistics


@dataclasses.dataclass
class Outcome:
    """What became of one scenario, played once or more often."""

    scenario: object
    times: int = 0
    named: collections.Counter = dataclasses.field(default_factory=collections.Counter)  # rows, by attack
    first: list = dataclasses.field(default_factory=list)  # s of packet time from begin to first such row
    blocked: list = dataclasses.field(default_factory=list)  # s from begin to the first block of an attacker

    @property
    def verdict(self):
        """named: most rows of it that are called an attack are called the right one."""
        if not self.named:
            return "missed"
        return "named" if self.named.most_common(1)[0][0] == self.scenario.label else "misnamed"

    @property
    def cells(self):
        """For a table: verdict, names, median times."""
        def median(values):
            return f"{1000 * statistics.median(values):.0f} ms" if values else "-"
        names = ", ".join(f"{name} {count}" for name, count in self.named.most_common(3)) or "-"
        often = f" ({len(self.blocked)} of {self.times})" if self.times > 1 and self.blocked else ""
        return self.verdict, names, median(self.first), median(self.blocked) + often


@dataclasses.dataclass
class Score:
    outcomes: list
    alarms: collections.Counter  # (source, attack) of rows that belong to no attack
    honest: list  # addresses that were blocked and are no attacker's


def score(played, lines, rows, blocks):
    """Sorts Ward's rows of attacks (`Ward.rows`) and blocks to the scenarios that they belong to."""
    outcomes = {one.scenario.name: Outcome(one.scenario) for one in played}
    attacking = [line for line in lines if line.label != "BENIGN"]
    alarms, begun = collections.Counter(), set()
    for row in rows:
        line = next((line for line in attacking if line.matches(row)), None)
        if line is None:
            alarms[row["source"], row["attack"]] += 1
            continue
        outcome = outcomes[line.scenario]
        outcome.named[row["attack"]] += 1
        begin = max((one.begin for one in played if one.scenario.name == line.scenario and one.begin <= row["last"]),
                    default=line.start)
        if (line.scenario, begin) not in begun:
            begun.add((line.scenario, begin))
            outcome.first.append(row["last"] - begin)
    for one in played:
        outcomes[one.scenario.name].times += 1
        if one.attackers & blocks.keys():
            outcomes[one.scenario.name].blocked.append(
                min(blocks[address] for address in one.attackers & blocks.keys()) - one.begin)
    attackers = set().union(*(one.attackers for one in played))
    return Score(list(outcomes.values()), alarms, sorted(set(blocks) - attackers))
