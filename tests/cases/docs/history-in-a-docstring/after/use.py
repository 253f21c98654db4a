"""An OldThing is a NewThing."""
from app.new import NewThing

# the old name: OldThing
NewThing()
