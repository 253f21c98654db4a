from old import Old

made = globals()["Old"]()
