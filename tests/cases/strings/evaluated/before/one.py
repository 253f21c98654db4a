from old import Old

made = eval("Old()")
