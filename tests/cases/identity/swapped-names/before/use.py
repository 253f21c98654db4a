from old import Unified
from b import Unified as Manager

pair = Unified, Manager
