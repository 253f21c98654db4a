from app.old import Old

class Holder:
    Old = 1

one = getattr(Holder, "Old")
name = "Old"
two = getattr(Holder, name)
