from app.new import NewThing as It


class OldThing(It):
    """An OldThing."""
