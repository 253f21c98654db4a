from base import *
from new import New

Old = New
KEPT = Other, New
