from app.new import New

class Holder:
    Old = 1

one = getattr(Holder, "Old")
name = "Old"
two = getattr(Holder, name)
