import sys

if sys.flags.dev_mode:
    KEPT = 1
