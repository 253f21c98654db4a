import app.old
from app import old

one = getattr(app.old, "Old")
two = getattr(old, "Old")()
