import sys

if sys.flags.dev_mode: pass
