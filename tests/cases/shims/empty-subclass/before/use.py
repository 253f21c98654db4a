from old import Old

made = isinstance(1, Old)
