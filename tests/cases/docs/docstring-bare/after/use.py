"""Uses an NewThing, or `NewThing.run`."""
from app.new import NewThing


def f():
    """Make an NewThing."""
    return NewThing()  # an NewThing
