"""An OldThing."""
from app.old import OldThing

NewThing = 1
OldThing()  # an OldThing
