import sys

if sys.platform == "linux":
    from new import New
else:
    from new import New

made = New()
