import sys

if sys.platform == "linux":
    class Cart:
        size = 1
else:
    class Cart:
        size = 2
