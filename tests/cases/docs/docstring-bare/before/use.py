"""Uses an OldThing, or `OldThing.run`."""
from app.old import OldThing


def f():
    """Make an OldThing."""
    return OldThing()  # an OldThing
