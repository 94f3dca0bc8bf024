"""Users and passwords of the room's servers, chosen by the seed."""

USERS = ("anna", "nurse", "ward3", "pacs", "jmeier", "backup", "svc-icu", "k.olsen", "icu", "service")
PASSWORDS = ("sunshine", "welcome1", "Hospital2019", "icu-ward", "letmein", "Summer2023", "changeme",
             "p4ssw0rd",
             "monkey12", "station5")


def account(plan, service):
    """The user and password that open a service: "portal", "shell", "file" or "broker"."""
    dice = plan.dice("account", service)
    return dice.choice(USERS), dice.choice(PASSWORDS)


def mistyped(dice, password):
    """A password as a person in a hurry types it."""
    at = dice.randrange(len(password))
    return dice.choice((password[:at] + password[at + 1:], password.swapcase(), password + password[-1],
                        password[:at] + dice.choice("asdfghjkl") + password[at + 1:]))
