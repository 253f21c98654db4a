from old import *

x: Manager
