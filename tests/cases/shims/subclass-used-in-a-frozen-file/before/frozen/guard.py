from old import Old

is_old = isinstance(1, Old)
