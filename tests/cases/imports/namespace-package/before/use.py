from space.old import Old

made = Old()
