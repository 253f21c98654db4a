from old import Old

New = 1
made = Old()
