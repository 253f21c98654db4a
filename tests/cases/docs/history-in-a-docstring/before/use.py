"""An OldThing is a NewThing."""
from app.old import OldThing

# the old name: OldThing
OldThing()
