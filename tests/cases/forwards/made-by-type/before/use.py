from old import KEEP, Old

print(Old(), KEEP)
