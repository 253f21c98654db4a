from base import *
from new import New

Old = New
KEPT = New
