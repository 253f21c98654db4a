from base import *
from new import New

KEPT = Other, New
