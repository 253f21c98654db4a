from old import Old

made = Old()
