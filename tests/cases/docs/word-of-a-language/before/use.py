"""Old friends: `Old`, Old.run, Old() and Old."""
from app.old import Old

Old()
