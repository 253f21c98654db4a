from old import *

made = Old()
