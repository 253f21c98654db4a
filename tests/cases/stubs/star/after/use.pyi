from old import *
from new import Manager as Manager

x: Manager
