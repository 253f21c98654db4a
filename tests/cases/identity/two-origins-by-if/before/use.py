import sys

if sys.flags.debug:
    from other import Other as Old
else:
    from old import Old

made = Old()
