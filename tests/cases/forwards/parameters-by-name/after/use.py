import new

new.connect("a", secure=True)
