"""Old friends: `New`, New.run, New() and Old."""
from app.new import New

New()
