from old import *

Old()
