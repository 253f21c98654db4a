from old import Old

width = 9
text = f"Old {Old.__name__:>{width}} {{Old}} {Old!r}"
