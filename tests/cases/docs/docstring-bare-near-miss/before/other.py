from app.old import OldThing as It


class OldThing(It):
    """An OldThing."""
