from pkg.old import OldBroken

try:
    pass
except OldBroken:
    pass
