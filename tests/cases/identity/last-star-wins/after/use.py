from base import *
from old import *
from new import New

made = New(), OTHER
