"""Web pages."""
import http.server

from . import habit, server


@server
def portal(actor):
    """A small web server."""


@habit
def browser(actor):
    """Fetches pages."""
    actor.pause(1)
