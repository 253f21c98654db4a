from old import Old

made = Old()
del Old
