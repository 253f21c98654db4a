from . import new

made = new.New()
