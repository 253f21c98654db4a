import old

old.dial("a", secure=True)
