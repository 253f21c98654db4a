from a import Manager as Unified
from b import Unified as Manager

pair = Unified, Manager
