from old import Old, Same

made = Old(), Same()
