from old import Old, Older

made = Old(), Older()
