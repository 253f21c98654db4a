import sys

if sys.platform == "linux":
    from old import Old
else:
    from older import Old

made = Old()
