"""What honest people and devices do, by name. A habit is a function of an `Actor`: it acts until the room
closes. To add one, decorate it in a file here and name the file at the end of this one."""
HABITS = {}
SERVERS = set()


def habit(work):
    """Registers what a host does of its own accord."""
    HABITS[work.__name__] = work
    return work


def server(work):
    """Registers a service: it is begun before the habits that ask it."""
    SERVERS.add(work.__name__)
    return habit(work)


from . import (  # noqa: E402  each registers its habits
    administration, announcements, bedside, cloud, homes, imaging, internet, lookups, messages, monitoring, network,
    servers, streams, video, web)
