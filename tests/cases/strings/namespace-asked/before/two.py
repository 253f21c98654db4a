from old import Old

has = "Old" in globals()
kept = Old
