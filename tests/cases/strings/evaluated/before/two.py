from old import Old

exec("if Old: made = 1")
