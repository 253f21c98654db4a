from . import old

made = old.Old()
