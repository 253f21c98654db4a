import os
import sys

from pkg import new

if os.environ.get("FAST"):
    sys.modules[__name__] = new
