from old import Old

with Old() as made:
    made.go()
