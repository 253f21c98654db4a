from pkg.old import KEEP, New

print(New, KEEP)
