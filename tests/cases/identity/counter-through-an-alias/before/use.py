import old

old.COUNT += 1
