import sys

import pkg.new

sys.modules[__name__] = pkg.new
