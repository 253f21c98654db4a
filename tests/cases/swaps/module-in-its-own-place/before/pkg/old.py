import sys

from pkg import new

sys.modules[__name__] = new
