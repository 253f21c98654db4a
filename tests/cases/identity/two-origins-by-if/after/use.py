import sys

if sys.flags.debug:
    from other import Other as Old
else:
    from new import New as Old

made = Old()
