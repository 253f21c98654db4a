from new import New

width = 9
text = f"Old {New.__name__:>{width}} {{Old}} {New!r}"
