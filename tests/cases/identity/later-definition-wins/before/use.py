from old import Old

assert not Old.first
