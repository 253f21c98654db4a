from old import *

made = Old(), KEPT
