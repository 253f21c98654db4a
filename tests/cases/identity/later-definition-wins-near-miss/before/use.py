from old import Old

assert Old.own
