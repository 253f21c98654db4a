"""An OldThing."""
from app.new import NewThing as OldThing

NewThing = 1
OldThing()  # an OldThing
