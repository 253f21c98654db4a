from old import Old

made = {"a": Old}
text = f"{made["a"]} {Old.__name__ + f"{Old}"}"
